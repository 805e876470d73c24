/** The site of the sample blog. */
export const DEMO_SITE = 'demo-blog.example';

const startedAt = (name: 'DEMO_URL' | 'VISITED_DEMO_URL'): string => {
	const url = process.env[name];
	if (!url) throw new Error(`${name} is not set: the global setup did not run.`);
	return url;
};

/** Where the demo that the global setup started answers, without a slash at the end. Its figures stand still. */
export const demoUrl = (): string => startedAt('DEMO_URL');

/** The same of a second one with the same history, whose blog is read meanwhile. */
export const visitedDemoUrl = (): string => startedAt('VISITED_DEMO_URL');

let readers = 0;

/**
 * A User-Agent nobody else in the run has. A visitor is an address, a User-Agent and a day, so each test that counts
 * readers needs one of its own: else a test before it may have been the same reader.
 */
export const newReader = (): string => {
	readers += 1;
	const build = `${process.pid % 10_000}.${readers}`;
	return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.${build} Safari/537.36`;
};
