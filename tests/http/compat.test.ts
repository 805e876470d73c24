import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { Umami } from '@umami/node';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { umamiIdOf } from '../../analytics/events/umami.ts';
import type { TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask, CHROME, post, type Answer } from './client.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const NOW = { timeout: 15_000, interval: 50 };
const SEED = 20_170_825;
const WEBSITE = '0b8ff6a4-8a3e-4b6e-9a51-5a1c5bb1a6f0';
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

let server: TestServer;
beforeAll(async () => {
	server = await startBlog();
	await bylineOk(server.dataDir, 'site', 'alias', 'add', BLOG, WEBSITE);
	await bylineOk(server.dataDir, 'site', 'alias', 'add', BLOG, 'www2.example.com');
	const goal = (...words: readonly string[]): Promise<string> =>
		bylineOk(server.dataDir, 'site', 'goal', 'add', BLOG, ...words);
	await goal('Sign up', '--as', 'subscribe', '--name', 'weekly');
	await goal('Buy', '--as', 'cta_click', '--name', 'shop');
});
afterAll(async () => {
	await server.stop();
});

async function viewsOf(path: string): Promise<number> {
	const { rows } = await readReport(server.url, 'pages');
	return Number(rows.find((row) => row['path'] === path)?.['page_views'] ?? 0);
}

async function total(metric: string): Promise<number> {
	return Number((await readReport(server.url, 'overview')).totals[metric]);
}

const isPixel = (answer: Answer): void => {
	expect(answer.headers['content-type']).toBe('image/gif');
	expect(answer.headers['content-length']).toBe('43');
	expect(answer.headers['cache-control']).toBe('no-store');
	expect(answer.headers['access-control-allow-origin']).toBe('*');
	expect(answer.headers['set-cookie']).toBeUndefined();
	expect(answer.text).toMatch(/^GIF89a/);
};

describe('the pixel', () => {
	const gif = (query: string, headers = {}): Promise<Answer> =>
		ask(`${server.url}/api/event.gif?${query}`, { headers });
	const page = (path: string): string => `u=${encodeURIComponent(`https://${BLOG}${path}`)}`;

	test('counts, and counts once an id', async () => {
		for (const id of ['gif-1', 'gif-1', 'gif-2']) {
			const answer = await gif(`n=pageview&${page('/pixel')}&i=${id}`);
			expect(answer.status).toBe(200);
			expect(answer.headers['x-byline-dropped']).toBeUndefined();
			isPixel(answer);
		}
		await expect.poll(() => viewsOf('/pixel'), NOW).toBe(2);
	});

	test('takes a call to action', async () => {
		const before = await total('cta_clicks');
		await gif(`n=cta_click&${page('/pixel')}&c=ebook,sidebar`);
		await expect.poll(() => total('cta_clicks'), NOW).toBe(before + 1);
	});

	test('says what was dropped and what was wrong', async () => {
		const bot = await gif(`n=pageview&${page('/pixel')}`, { 'user-agent': BOT });
		expect(bot).toMatchObject({ status: 200, headers: { 'x-byline-dropped': 'bot' } });
		isPixel(bot);
		const wrong = await gif(`n=pageview`);
		expect(wrong).toMatchObject({
			status: 400,
			headers: { 'x-byline-error': "url can't be blank" }
		});
		isPixel(wrong);
		expect((await gif(`n=pageview&${page('/x')}&t=1700000000000`)).headers).toMatchObject({
			'x-byline-error': 'timestamp needs an API key'
		});
		const posted = await ask(`${server.url}/api/event.gif?n=pageview`, { method: 'POST' });
		expect(posted).toMatchObject({ status: 405, headers: { allow: 'GET, OPTIONS' } });
	});
});

describe('Umami', () => {
	const send = (body: unknown, path = 'send', headers = {}): Promise<Answer> =>
		ask(`${server.url}/api/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body: typeof body === 'string' ? body : JSON.stringify(body)
		});
	const event = (payload: object): object => ({
		type: 'event',
		payload: { website: WEBSITE, hostname: BLOG, ...payload }
	});
	const json = (answer: Answer): unknown => JSON.parse(answer.text);

	test('the client for Node runs as it is', async () => {
		const client = new Umami({ websiteId: WEBSITE, hostUrl: server.url });
		const before = { subscribes: await total('subscribes'), clicks: await total('cta_clicks') };
		const view = await client.track({ url: '/umami-node', title: 'From Node' });
		expect(view.status).toBe(200);
		const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
		expect(await view.json()).toEqual({
			cache: expect.stringMatching(/^\S+$/),
			sessionId: expect.stringMatching(uuid),
			visitId: expect.stringMatching(uuid)
		});
		expect((await client.track('Sign up', { plan: 'pro' })).status).toBe(200);
		expect((await client.track('Buy')).status).toBe(200);
		expect((await client.identify({ plan: 'pro' })).status).toBe(200);
		await expect.poll(() => viewsOf('/umami-node'), NOW).toBe(1);
		await expect.poll(() => total('subscribes'), NOW).toBe(before.subscribes + 1);
		await expect.poll(() => total('cta_clicks'), NOW).toBe(before.clicks + 1);
	});

	test('the form of its script: preflight with the cache header, then a page view', async () => {
		const preflight = await ask(`${server.url}/api/send`, {
			method: 'OPTIONS',
			headers: {
				origin: `https://${BLOG}`,
				'access-control-request-method': 'POST',
				'access-control-request-headers': 'content-type,x-umami-cache'
			}
		});
		expect(preflight.status).toBe(204);
		expect(preflight.headers['access-control-allow-headers']).toMatch(/x-umami-cache/);
		const payload = {
			screen: '1920x1080',
			language: 'en-GB',
			title: 'A post',
			url: `https://${BLOG}/umami-script?utm_source=x`,
			referrer: 'https://news.example/'
		};
		const first = await send(event(payload));
		const { cache, sessionId } = JSON.parse(first.text) as Record<string, string>;
		const second = await send(event(payload), 'send', { 'x-umami-cache': cache });
		expect(json(second)).toMatchObject({ sessionId });
		const other = await send(event(payload), 'send', { 'user-agent': `${CHROME} Edg/141.0.0.0` });
		expect(JSON.parse(other.text)).not.toMatchObject({ sessionId });
		await expect.poll(() => viewsOf('/umami-script'), NOW).toBe(3);
	});

	test.each([
		['its own website id', { website: umamiIdOf(BLOG) }],
		['the hostname', { hostname: `www.${BLOG}` }],
		['the hostname beside an unknown id', { website: umamiIdOf('x'), hostname: BLOG }],
		['the hostname of an alias', { hostname: 'www2.example.com' }]
	])('%s names the site', async (_, payload) => {
		const before = await viewsOf('/umami-site');
		const body = { type: 'event', payload: { url: '/umami-site', ...payload } };
		expect((await send(body)).status).toBe(200);
		await expect.poll(() => viewsOf('/umami-site'), NOW).toBe(before + 1);
	});

	test('bots are beeped at and not counted', async () => {
		const answer = await send(event({ url: '/umami-bot' }), 'send', { 'user-agent': BOT });
		expect(answer.status).toBe(200);
		expect(json(answer)).toEqual({ beep: 'boop' });
	});

	test.each([
		['an unknown website', { type: 'event', payload: { website: umamiIdOf('nowhere') } }],
		['no website', { type: 'event', payload: { url: '/' } }],
		['an unknown type', { type: 'other', payload: { website: WEBSITE } }],
		['no JSON', '{'],
		['an address of no page', { type: 'event', payload: { website: WEBSITE, url: 'data:x' } }]
	])('%s is 400', async (_, body) => {
		const answer = await send(body);
		expect(answer.status).toBe(400);
		expect(json(answer)).toEqual({
			error: { message: expect.stringMatching(/\S/), code: 'bad-request', status: 400 }
		});
	});

	test('a batch tells what was processed', async () => {
		const answer = await send(
			[event({ url: '/umami-batch' }), { type: 'event' }, event({ url: '/umami-batch' })],
			'batch'
		);
		expect(answer.status).toBe(200);
		expect(json(answer)).toEqual({
			size: 3,
			processed: 2,
			errors: 1,
			details: [{ index: 1, response: { error: expect.objectContaining({ status: 400 }) } }],
			cache: expect.any(String)
		});
		await expect.poll(() => viewsOf('/umami-batch'), NOW).toBe(2);
		expect((await send({}, 'batch')).status).toBe(400);
		expect(
			(
				await send(
					Array.from({ length: 1_001 }, () => event({})),
					'batch'
				)
			).status
		).toBe(400);
	});
});

describe('GoatCounter', () => {
	const count = (query: string, headers = {}, method = 'GET'): Promise<Answer> =>
		ask(`${server.url}/count?${query}`, { method, headers });

	test.each([
		['Referer', { referer: `https://${BLOG}/` }, ''],
		['Origin', { origin: `https://www.${BLOG}` }, ''],
		['an absolute path', {}, `https://${BLOG}`],
		['being the only site', {}, '']
	])('%s names the site', async (_, headers, host) => {
		const before = await viewsOf('/goat');
		const p = encodeURIComponent(`${host}/goat`);
		const answer = await count(`p=${p}&t=Goat&s=1280%2C720%2C1&b=0&rnd=x1y2z`, headers);
		expect(answer.status).toBe(200);
		isPixel(answer);
		await expect.poll(() => viewsOf('/goat'), NOW).toBe(before + 1);
	});

	test('a beacon is a POST, an event is a goal', async () => {
		const before = await total('subscribes');
		const answer = await count('p=Sign%20up&e=true&b=0', { origin: `https://${BLOG}` }, 'POST');
		expect(answer.status).toBe(200);
		await expect.poll(() => total('subscribes'), NOW).toBe(before + 1);
	});

	test('bots of the script are dropped', async () => {
		const answer = await count('p=%2Fgoat-bot&b=153', { referer: `https://${BLOG}/` });
		expect(answer).toMatchObject({ status: 200, headers: { 'x-byline-dropped': 'bot' } });
	});

	test.each([
		['t=no-path', {}],
		['p=%2F&b=7', {}],
		[`p=${'x'.repeat(2_049)}`, {}],
		['p=%2F', { referer: 'https://elsewhere.example/' }]
	])('/count?%.20s is 400 and says why', async (query, headers) => {
		const answer = await count(query, headers);
		expect(answer.status).toBe(400);
		expect(answer.headers['x-goatcounter']).toMatch(/\S/);
		isPixel(answer);
	});
});

describe('Plausible', () => {
	test.each(['script.js', 'script.outbound-links.tagged-events.js', 'plausible.js', 'pa-Ab_1.js'])(
		'/js/%s is the tracker with window.plausible',
		async (name) => {
			const tracker = await ask(`${server.url}/js/byline.js`);
			const answer = await ask(`${server.url}/js/${name}`);
			expect(answer.status).toBe(200);
			expect(answer.headers['content-type']).toMatch(/javascript/);
			expect(answer.text).toContain(tracker.text);
			expect(answer.text.length - tracker.text.length).toBeGreaterThan(500);
			expect(tracker.text).not.toContain('plausible');
		}
	);

	test('a form submission is a subscribe', async () => {
		const before = await total('subscribes');
		const answer = await post(server.url, {
			n: 'Form: Submission',
			u: `https://${BLOG}/form`,
			d: BLOG,
			p: { path: '/form' }
		});
		expect(answer).toMatchObject({ status: 202, text: 'ok' });
		await expect.poll(() => total('subscribes'), NOW).toBe(before + 1);
	});

	test('a goal can be taken away', async () => {
		const before = await total('cta_clicks');
		const outbound = { n: 'Outbound Link: Click', u: `https://${BLOG}/out`, d: BLOG };
		const goal = (...words: readonly string[]): Promise<string> =>
			bylineOk(server.dataDir, 'site', 'goal', ...words);
		await post(server.url, outbound);
		await goal('add', BLOG, outbound.n, '--as', 'cta_click');
		expect(await goal('list', BLOG)).toContain('Outbound Link: Click\tcta_click\t\n');
		await post(server.url, outbound);
		await goal('remove', BLOG, outbound.n);
		await post(server.url, outbound);
		await post(server.url, { n: 'pageview', u: `https://${BLOG}/after-goals`, d: BLOG });
		await expect.poll(() => viewsOf('/after-goals'), NOW).toBe(1);
		expect(await total('cta_clicks')).toBe(before + 1);
	});
});

test('names and goals survive a restart', async () => {
	await server.restart();
	const before = await total('cta_clicks');
	const client = new Umami({ websiteId: WEBSITE, hostUrl: server.url });
	expect((await client.track('Buy')).status).toBe(200);
	await expect.poll(() => total('cta_clicks'), NOW).toBe(before + 1);
});

test('hostile requests are answered 2xx or 4xx', async () => {
	const text = fc.string({ unit: 'binary', maxLength: 200 });
	const request = fc.oneof(
		fc.record({ path: fc.constant('/api/event.gif'), query: text }),
		fc.record({
			path: fc.constant('/count'),
			query: text.map((p) => `p=${encodeURIComponent(p)}`)
		}),
		fc.record({ path: fc.constantFrom('/api/send', '/api/batch'), body: fc.json() })
	);
	await fc.assert(
		fc.asyncProperty(request, async (asked) => {
			const query = 'query' in asked ? encodeURI(asked.query.toWellFormed()) : '';
			const answer = await ask(`${server.url}${asked.path}?${query}`, {
				method: 'body' in asked ? 'POST' : 'GET',
				...('body' in asked ? { body: asked.body } : {})
			});
			expect(answer.status).toBeLessThan(500);
		}),
		{ numRuns: 300, seed: SEED }
	);
	expect((await ask(`${server.url}/health`)).status).toBe(200);
	expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
});

test('what was dropped is in the ledger, with its site', async () => {
	await server.restart();
	using database = new DatabaseSync(join(server.dataDir, 'byline.sqlite'), { readOnly: true });
	const rows = database
		.prepare('select site_id, reason, sum(count) as count from drops group by 1, 2')
		.all();
	expect(rows).toContainEqual({ site_id: 1, reason: 'bot', count: 3 });
});
