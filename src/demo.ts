import './lib/server/threads.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { demoPage } from '../analytics/demo/pages.ts';
import { fillDemo, prepareDemoFolder } from '../analytics/demo/fill.ts';
import { serve } from './lib/server/serve.ts';

/** The demo: an own data folder with a believable blog, its dashboard, and the blog itself at `/demo-blog/`. */
const DEFAULTS = {
	DATA_DIR: './data/demo',
	// It has no accounts: whoever reaches it sees it.
	HOST: '127.0.0.1',
	// The sample blog is there to be tried, also by a browser that a test drives.
	ALLOW_HEADLESS: 'true',
	LOG_LEVEL: 'warn'
};

let end = Date.now();
let mustFill = false;

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

await serve(process.env, {
	defaults: DEFAULTS,
	readOnly: true,
	before: blog,
	beforeOpen: async ({ DATA_DIR }) => {
		const filledAt = await prepareDemoFolder(DATA_DIR, end);
		mustFill = filledAt === null;
		end = filledAt ?? end;
	},
	prepare: async (engine) => {
		if (!mustFill) return;
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
