/** The site of the sample blog. */
export const DEMO_SITE = 'demo-blog.example';

/** Where the demo that the global setup started answers, without a slash at the end. */
export const demoUrl = (): string => {
	const url = process.env.DEMO_URL;
	if (!url) throw new Error('DEMO_URL is not set: the global setup did not run.');
	return url;
};

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
