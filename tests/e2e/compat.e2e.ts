import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';

import { bylineOk } from '../http/byline-command.ts';
import { readReport } from '../http/report.ts';
import { BLOG, startBlog } from '../http/start-blog.ts';
import { CHROMIUM_ARGS } from '../support/chromium.ts';
import type { TestServer } from '../support/server.ts';
import { bundle } from './support/bundle.ts';
import { test } from './support/test.ts';
import { umamiScript } from './support/umami-script.ts';

// Other systems' clients, as their packages ship them, on the pages of a blog whose host is not Byline's. Clients
// that take a driven browser for a bot are told otherwise in the way that they offer for tests. They are found by
// file: their types, which speak for the whole project, would come along with their names.

const WEBSITE = '0b8ff6a4-8a3e-4b6e-9a51-5a1c5bb1a6f0';
const SOON = { timeout: 15_000 };

test.use({
	launchOptions: {
		...(process.env.CHROMIUM_PATH === undefined
			? {}
			: { executablePath: process.env.CHROMIUM_PATH }),
		args: [...CHROMIUM_ARGS, `--host-resolver-rules=MAP *.example.com 127.0.0.1`]
	}
});

let server: TestServer;
let blog: Server;
let origin = '';
const pages = new Map<string, string>();

test.beforeAll(async () => {
	server = await startBlog([], { ALLOW_HEADLESS: 'true' });
	await bylineOk(server.dataDir, 'site', 'alias', 'add', BLOG, WEBSITE);
	for (const [event, kind, name] of [
		['Outbound Link: Click', 'cta_click', 'outbound'],
		['Buy', 'cta_click', 'shop'],
		['Sign up', 'subscribe', 'weekly']
	] as const)
		await bylineOk(
			server.dataDir,
			...['site', 'goal', 'add', BLOG, event, '--as', kind, '--name', name]
		);
	blog = createServer((request, response) => {
		const html = pages.get((request.url ?? '/').split('?', 1)[0] ?? '/');
		response.writeHead(html === undefined ? 404 : 200, {
			'content-type': 'text/html; charset=utf-8'
		});
		response.end(html);
	}).listen(0, '127.0.0.1');
	await once(blog, 'listening');
	const address = blog.address();
	origin = `http://${BLOG}:${typeof address === 'object' ? address?.port : 0}`;
});

test.afterAll(async () => {
	blog.closeAllConnections();
	blog.close();
	await server.stop();
});

/** A page of the blog with a way out, a form that stays, and room to scroll. Answers its address. */
const page = (path: string, head: string, body = ''): string => {
	pages.set(
		path,
		`<!doctype html><title>${path}</title><link rel="icon" href="data:,">${head}
		<a id="out" href="https://shop.example.com/" target="_blank">Shop</a>
		<form id="form" action="javascript:void 0"><input name="mail" required><button>Go</button></form>
		<p style="height:3000px">Text</p><p id="end">End</p>${body}`
	);
	return `${origin}${path}`;
};

const script = (code: string): string =>
	`<script>${code.replaceAll('</script', '<\\/script')}</script>`;

interface Counts {
	readonly views: number;
	readonly clicks: number;
	readonly subscribes: number;
}

const counted = async (path: string): Promise<Counts> => {
	const { rows } = await readReport(server.url, 'pages');
	const { totals } = await readReport(server.url, 'overview');
	return {
		views: Number(rows.find((row) => row['path'] === path)?.['page_views'] ?? 0),
		clicks: Number(totals['cta_clicks']),
		subscribes: Number(totals['subscribes'])
	};
};

/** Waits until the page's views and what was added to the site's other counts are these. */
const expectAdded = async (path: string, before: Counts, added: Counts): Promise<void> => {
	await expect
		.poll(() => counted(path), SOON)
		.toEqual({
			views: before.views + added.views,
			clicks: before.clicks + added.clicks,
			subscribes: before.subscribes + added.subscribes
		});
};

const submit = async (reader: Page): Promise<void> => {
	await reader.fill('#form input', 'me@example.org');
	await reader.click('#form button');
};

const answered = (reader: Page, path: string): Promise<unknown> =>
	reader.waitForResponse((response) => new URL(response.url()).pathname === path);

test('@plausible-analytics/tracker', async ({ page: reader }) => {
	const path = '/plausible-analytics-tracker';
	const config = {
		domain: BLOG,
		endpoint: `${server.url}/api/event`,
		outboundLinks: true,
		formSubmissions: true
	};
	const client = fileURLToPath(import.meta.resolve('@plausible-analytics/tracker'));
	const code = await bundle(
		`import { init, track } from ${JSON.stringify(client)};
		window.__plausible = true;
		init(${JSON.stringify(config)});
		window.buy = () => new Promise((callback) => track('Buy', { props: { plan: 'pro' }, callback }));`
	);
	const before = await counted(path);
	await Promise.all([answered(reader, '/api/event'), reader.goto(page(path, '', script(code)))]);
	await reader.click('#out');
	await submit(reader);
	expect(await reader.evaluate('window.buy()')).toEqual({ status: 202 });
	await reader.locator('#end').scrollIntoViewIfNeeded();
	await reader.goto('about:blank');
	await expectAdded(path, before, { views: 1, clicks: 2, subscribes: 1 });
	// Its engagement reports are measured reading.
	await expect
		.poll(
			async () => (await readReport(server.url, 'overview')).totals['measured_page_views'],
			SOON
		)
		.toBe(1);
});

test('plausible-tracker', async ({ page: reader }) => {
	const path = '/plausible-tracker';
	const options = { domain: BLOG, apiHost: server.url };
	const client = fileURLToPath(
		new URL('../module/index.js', import.meta.resolve('plausible-tracker'))
	);
	const code = await bundle(
		`import Plausible from ${JSON.stringify(client)};
		const { enableAutoPageviews, trackEvent } = Plausible(${JSON.stringify(options)});
		enableAutoPageviews();
		window.signUp = () => new Promise((callback) => trackEvent('Sign up', { callback, props: { plan: 'pro' } }));`
	);
	const before = await counted(path);
	await reader.goto(page(path, '', script(code)));
	await reader.evaluate('window.signUp()');
	await reader.evaluate(`history.pushState({}, '', '${path}/next')`);
	await expectAdded(path, before, { views: 1, clicks: 0, subscribes: 1 });
	await expect.poll(async () => (await counted(`${path}/next`)).views, SOON).toBe(1);
});

test('next-plausible, with the script at Byline', async ({ page: reader }) => {
	const path = '/next-plausible';
	const props = {
		enabled: true,
		src: `${server.url}/js/pa-Abc123.js`,
		init: { outboundLinks: true, customProperties: { author: 'Ann' } }
	};
	const client = fileURLToPath(new URL('index.esm.js', import.meta.resolve('next-plausible')));
	const code = await bundle(
		`import { createElement } from 'react';
		import { createRoot } from 'react-dom/client';
		import PlausibleProvider, { usePlausible } from ${JSON.stringify(client)};
		const Button = () => {
			const plausible = usePlausible();
			return createElement('button', { id: 'buy', onClick: () => plausible('Buy') }, 'Buy');
		};
		createRoot(document.getElementById('app')).render(
			createElement(PlausibleProvider, ${JSON.stringify(props)}, createElement(Button)));`
	);
	const before = await counted(path);
	await Promise.all([
		answered(reader, '/api/event'),
		reader.goto(page(path, '<div id="app"></div>', script(code)))
	]);
	await reader.click('#buy');
	await reader.click('#out');
	await expectAdded(path, before, { views: 1, clicks: 2, subscribes: 0 });
});

test('Plausible’s script tag with another host', async ({ page: reader }) => {
	const path = '/plausible-script-tag';
	const queue = `window.plausible = window.plausible || function () { (window.plausible.q = window.plausible.q || []).push(arguments) };
		plausible('Buy', { props: { plan: 'pro' }, callback: (result) => { window.result = result } });`;
	const tag = `<script defer data-domain="${BLOG}" src="${server.url}/js/script.outbound-links.tagged-events.js"></script>`;
	const before = await counted(path);
	await reader.goto(
		page(
			path,
			tag + script(queue),
			'<button id="tagged" class="plausible-event-name=Buy plausible-event-plan=pro+max">Buy</button>'
		)
	);
	await expect.poll(() => reader.evaluate('window.result'), SOON).toEqual({ status: 202 });
	await reader.click('#tagged');
	await reader.click('#out');
	// Page views are Byline's to count: a call for one changes nothing.
	await reader.evaluate(`plausible('pageview')`);
	await expectAdded(path, before, { views: 1, clicks: 3, subscribes: 0 });
});

test('Umami’s script', async ({ page: reader }) => {
	const shipped = await umamiScript();
	test.skip(shipped === null, 'The package registry cannot be reached.');
	pages.set('/umami.js', shipped ?? '');
	const path = '/with-umami';
	const before = await counted(path);
	const taken = answered(reader, '/api/send');
	await reader.goto(
		page(
			path,
			`<script defer src="/umami.js" data-website-id="${WEBSITE}" data-host-url="${server.url}"></script>`,
			'<button id="buy" data-umami-event="Buy" data-umami-event-plan="pro">Buy</button>'
		)
	);
	await taken;
	await reader.click('#buy');
	await reader.evaluate(`umami.track('Buy', { plan: 'max' })`);
	await reader.evaluate(`history.pushState(null, '', '${path}-next')`);
	await expectAdded(path, before, { views: 1, clicks: 2, subscribes: 0 });
	await expect.poll(async () => (await counted(`${path}-next`)).views, SOON).toBe(1);
});

// The requests of the two below have the form that these scripts send; no package ships GoatCounter's.

test('the form of Umami’s script', async ({ page: reader }) => {
	const path = '/umami-script';
	const code = `
		let cache;
		window.send = async (more) => {
			const response = await fetch(${JSON.stringify(`${server.url}/api/send`)}, {
				keepalive: true,
				method: 'POST',
				credentials: 'omit',
				headers: { 'Content-Type': 'application/json', ...(cache && { 'x-umami-cache': cache }) },
				body: JSON.stringify({
					type: 'event',
					payload: { website: '${WEBSITE}', screen: '1280x720', language: 'en-GB', title: document.title,
						hostname: location.hostname, url: location.href, referrer: '', ...more }
				})
			});
			const answer = await response.json();
			cache = answer.cache;
			return answer;
		};`;
	const before = await counted(path);
	await reader.goto(page(path, '', script(code)));
	const first = await reader.evaluate('window.send({})');
	expect(await reader.evaluate(`window.send({ name: 'Buy', data: { plan: 'pro' } })`)).toEqual(
		first
	);
	await expectAdded(path, before, { views: 1, clicks: 1, subscribes: 0 });
});

test('the form of GoatCounter’s script', async ({ page: reader }) => {
	const path = '/goatcounter-script';
	const code = `
		window.count = (data) => new Promise((done) => {
			const image = document.createElement('img');
			image.onload = () => done(image.naturalWidth);
			image.onerror = () => done(null);
			const query = new URLSearchParams({ s: '1280,720,1', b: '0', t: document.title, rnd: Math.random().toString(36).slice(2, 7), ...data });
			image.src = ${JSON.stringify(`${server.url}/count`)} + '?' + query;
		});
		window.beacon = (data) => navigator.sendBeacon(${JSON.stringify(`${server.url}/count`)} + '?' + new URLSearchParams(data));`;
	const before = await counted(path);
	await reader.goto(page(path, '', script(code)));
	expect(await reader.evaluate(`window.count({ p: location.pathname })`)).toBe(1);
	expect(await reader.evaluate(`window.count({ p: 'Buy', e: 'true' })`)).toBe(1);
	expect(await reader.evaluate(`window.beacon({ p: 'Buy', e: 'true' })`)).toBe(true);
	await expectAdded(path, before, { views: 1, clicks: 2, subscribes: 0 });
});

test('GoatCounter’s script itself', async ({ page: reader }) => {
	const file = process.env.GOATCOUNTER_SCRIPT;
	test.skip(file === undefined, 'no package ships it: GOATCOUNTER_SCRIPT names a file with it');
	const path = '/goatcounter';
	const code = await readFile(file ?? '', 'utf8');
	await reader.addInitScript(() => {
		Object.defineProperty(navigator, 'webdriver', { get: () => false });
	});
	const before = await counted(path);
	await Promise.all([
		answered(reader, '/count'),
		reader.goto(
			page(
				path,
				'',
				`<button data-goatcounter-click="Buy">Buy</button>
				<script data-goatcounter="${server.url}/count">${code}</script>`
			)
		)
	]);
	await Promise.all([answered(reader, '/count'), reader.getByText('Buy').click()]);
	await expectAdded(path, before, { views: 1, clicks: 1, subscribes: 0 });
});

test('the pixel of a page without JavaScript', async ({ browser }) => {
	const path = '/pixel';
	const query = new URLSearchParams({ n: 'pageview', u: `https://${BLOG}${path}`, d: BLOG });
	const before = await counted(path);
	const context = await browser.newContext({ javaScriptEnabled: false });
	const reader = await context.newPage();
	await reader.goto(
		page(
			path,
			`<noscript><img src="${server.url}/api/event.gif?${query.toString()}" alt=""></noscript>`
		)
	);
	await expectAdded(path, before, { views: 1, clicks: 0, subscribes: 0 });
	await context.close();
});
