import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ask, post, type Answer } from './client.ts';
import { bylineOk } from './byline-command.ts';
import { BLOG, startBlog } from './start-blog.ts';
import type { TestServer } from '../support/server.ts';

const ZONED = 'sydney.example.com';
const DAY = 86_400_000;
const MINUTE = 60_000;
const WAIT = { timeout: 15_000 };

describe('events with times', () => {
	let server: TestServer;
	let key: string;
	let readingKey: string;
	let zonedKey: string;
	beforeAll(async () => {
		server = await startBlog();
		await bylineOk(server.dataDir, 'site', 'add', ZONED, '--timezone', 'Australia/Sydney');
		const add = async (site: string, may: string): Promise<string> =>
			(await bylineOk(server.dataDir, 'key', 'add', 'Test', '--site', site, '--may', may)).trim();
		key = await add(BLOG, 'events');
		readingKey = await add(BLOG, 'reports,catalogue');
		zonedKey = await add(ZONED, 'events');
	});
	afterAll(() => server.stop());

	const event = (path: string, more: object = {}, site = BLOG): object => ({
		n: 'pageview',
		u: `https://${site}${path}`,
		d: site,
		...more
	});
	const send = (
		body: unknown,
		bearer: string | undefined,
		headers: Record<string, string> = {}
	): Promise<Answer> =>
		post(server.url, body, {
			headers: {
				...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
				...headers
			}
		});

	async function rowsOf(
		site: string,
		query: string,
		report = 'pages'
	): Promise<readonly unknown[]> {
		const address = `${server.url}/api/reports/${report}?site=${site}&compare=none&${query}`;
		const { text } = await ask(address);
		return z.object({ rows: z.array(z.unknown()) }).parse(JSON.parse(text)).rows;
	}

	async function totalsOf(site: string, query: string): Promise<unknown> {
		const { text } = await ask(`${server.url}/api/reports/overview?site=${site}&${query}`);
		return z.object({ totals: z.unknown() }).parse(JSON.parse(text)).totals;
	}

	test.each([
		['no key', 400, 'timestamp'],
		['a key that only reads', 401, 'authorization'],
		['a key that is none', 401, 'authorization']
	] as const)('are refused with %s', async (what, status, field) => {
		const bearer = { 'no key': undefined, 'a key that only reads': readingKey }[String(what)];
		const given = what === 'a key that is none' ? 'byline_wrong' : bearer;
		const answer = await send(event('/refused', { t: Date.now() - DAY }), given);
		expect(answer.status).toBe(status);
		expect(JSON.parse(answer.text)).toHaveProperty(['errors', field]);
	});

	test('another scheme of authorization is no key', async () => {
		const answer = await send(event('/basic'), undefined, { authorization: 'Basic YTpi' });
		expect(answer).toMatchObject({ status: 202, text: 'ok' });
	});

	test('count on the day that the site had then', async () => {
		// 13:30 UTC of the 9th is half past midnight of the 10th there, in summer time.
		const t = Date.UTC(2024, 0, 9, 13, 30);
		const answer = await send(event('/summer', { t }, ZONED), zonedKey);
		expect(answer).toMatchObject({ status: 202, text: 'ok' });
		await expect
			.poll(() => rowsOf(ZONED, 'from=2024-01-10&to=2024-01-10'), WAIT)
			.toMatchObject([{ path: '/summer', page_views: 1, visitors: 1 }]);
		expect(await rowsOf(ZONED, 'from=2024-01-09&to=2024-01-09')).toEqual([]);
	});

	test('are one visitor with those of the same reader on the same past day, and nobody else', async () => {
		const t = Date.UTC(2023, 4, 5, 10);
		for (const [path, reader, time] of [
			['/a', '203.0.113.1', t],
			['/b', '203.0.113.1, 198.51.100.1', t + MINUTE],
			['/a', '203.0.113.2', t],
			['/a', '203.0.113.1', t + DAY]
		] as const)
			await send(event(path, { t: time }), key, { 'x-forwarded-for': reader });
		const of = (query: string): Promise<unknown> => totalsOf(BLOG, query);
		await expect
			.poll(() => of('from=2023-05-05&to=2023-05-05'), WAIT)
			.toMatchObject({ visitors: 2, page_views: 3 });
		expect(await of('from=2023-05-06&to=2023-05-06')).toMatchObject({ visitors: 1, page_views: 1 });
	});

	test('of today are one visitor with those of a browser', async () => {
		const headers = { 'x-forwarded-for': '127.0.0.1' };
		await send(event('/today-live'), undefined);
		await send(event('/today-late', { t: Date.now() }), key, headers);
		await expect
			.poll(() => totalsOf(BLOG, 'period=7d&filter=page:is:/today-live|/today-late'), WAIT)
			.toMatchObject({ visitors: 1, page_views: 2 });
	});

	test.each([
		['five minutes ahead', 4.5 * MINUTE, 202],
		['more than that', 6 * MINUTE, 400],
		['as text with a zone', '2024-03-01T23:30:00-05:00', 202],
		['as text without one', '2024-03-01T23:30:00', 400],
		['before 1970', '1969-12-31T23:59:59Z', 400]
	] as const)('%s', async (_, given, status) => {
		const t = typeof given === 'number' ? Date.now() + given : given;
		expect((await send(event('/bounds', { t }), key)).status).toBe(status);
	});

	test('come in batches, each judged by itself', async () => {
		const t = Date.UTC(2022, 1, 3, 12);
		const batch = [
			event('/batch', { t }),
			event('/batch', { timestamp: new Date(t + DAY).toISOString() }),
			event('/batch', { t: Date.now() + DAY })
		];
		const answer = await send(batch, key);
		expect(answer.status).toBe(202);
		expect(JSON.parse(answer.text)).toMatchObject({
			accepted: 2,
			dropped: [{ index: 2, reason: 'invalid', errors: { timestamp: [expect.any(String)] } }]
		});
		await expect
			.poll(() => rowsOf(BLOG, 'from=2022-02-03&to=2022-02-04&filter=page:is:/batch'), WAIT)
			.toMatchObject([{ page_views: 2 }]);
	});

	test('of another site are of none that the key knows', async () => {
		for (const t of [undefined, Date.now() - DAY]) {
			const answer = await send(event('/other', { t }, ZONED), key);
			expect(answer.headers['x-byline-dropped']).toBe('unknown_site');
		}
	});

	test('the program that sends them may be called what it likes', async () => {
		const t = Date.UTC(2021, 5, 6, 12);
		for (const agent of ['curl/8.9', ''])
			expect(await send(event('/program', { t }), key, { 'user-agent': agent })).toMatchObject({
				status: 202,
				text: 'ok'
			});
		await expect
			.poll(() => rowsOf(BLOG, 'from=2021-06-06&to=2021-06-06'), WAIT)
			.toMatchObject([{ path: '/program', page_views: 2 }]);
		const bot = await send(event('/program'), undefined, { 'user-agent': 'curl/8.9' });
		expect(bot.headers['x-byline-dropped']).toBe('bot');
	});

	test('facts are what the events say', async () => {
		const said = await bylineOk(server.dataDir, 'verify', '--site', BLOG);
		expect(said).not.toContain('differ');
	});
});
