import type { IncomingMessage, ServerResponse } from 'node:http';
import { demoPage } from '../analytics/demo/pages.ts';
import { fillDemo, prepareDemoFolder } from '../analytics/demo/fill.ts';
import { Failure, messageOf } from '#analytics/server';
import { serve } from './lib/server/serve.ts';

/** The demo: an own data folder with a believable blog, its dashboard, and the blog itself at `/demo-blog/`. */
const env: Record<string, string | undefined> = {
	...process.env,
	DATA_DIR: process.env['DATA_DIR'] || './data/demo',
	HOST: process.env['HOST'] || '127.0.0.1',
	// The sample blog is there to be tried, also by a browser that a test drives.
	ALLOW_HEADLESS: process.env['ALLOW_HEADLESS'] || 'true',
	LOG_LEVEL: process.env['LOG_LEVEL'] || 'warn'
};

let end = Date.now();

function blog(request: IncomingMessage, response: ServerResponse): boolean {
	const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
	const page = path.startsWith('/demo-blog') ? demoPage(path, Date.now(), end) : null;
	if (page === null) return false;
	response.writeHead(page.status, {
		'content-type': 'text/html; charset=utf-8',
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff'
	});
	response.end(request.method === 'HEAD' ? undefined : page.html);
	return true;
}

try {
	const folder = prepareDemoFolder(env['DATA_DIR'] ?? '', end);
	end = folder.filledAt ?? end;
	await serve(env, {
		before: blog,
		prepare: async (engine) => {
			if (folder.filledAt !== null) return;
			const started = performance.now();
			process.stderr.write('Filling the sample blog with 18 months of history …\n');
			const events = await fillDemo(engine, end);
			process.stderr.write(
				`${events.toLocaleString('en')} events in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`
			);
		},
		ready: (url) =>
			process.stderr.write(
				`\nDashboard    ${url}\nSample blog  ${url}/demo-blog/\n\nCtrl-C stops it.\n`
			)
	});
} catch (thrown) {
	if (!(thrown instanceof Failure)) throw thrown;
	process.stderr.write(`byline: ${messageOf(thrown)}\n`);
	process.exitCode = 1;
}
