import { globSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { byline, bylineOk } from './byline-command.ts';
import { ask, post, type Answer } from './client.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const NOW = { timeout: 15_000, interval: 50 };
const OTHER = 'other.example.com';
const GPC = { 'sec-gpc': '1' };
const DNT = { dnt: '1' };
const DROPPED = { 'x-byline-dropped': 'privacy_signal', 'x-plausible-dropped': '1' };

let server: TestServer;
beforeAll(async () => {
	server = await startBlog();
	await bylineOk(server.dataDir, 'site', 'add', OTHER);
});
afterAll(async () => {
	await server.stop();
});

const set = (value: string): Promise<string> =>
	bylineOk(server.dataDir, 'site', 'set', BLOG, '--privacy-signals', value);

const view = (path: string, site = BLOG): object => ({
	n: 'pageview',
	u: `https://${site}${path}`
});

const send = (path: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
	post(server.url, view(path), { headers });

async function viewsOf(path: string): Promise<number> {
	const { rows } = await readReport(server.url, 'pages');
	return Number(rows.find((row) => row['path'] === path)?.['page_views'] ?? 0);
}

describe('a site that says nothing', () => {
	test('counts readers with a signal as any other', async () => {
		expect(await bylineOk(server.dataDir, 'site', 'show', BLOG)).toContain(
			'privacy-signals\tignore\n'
		);
		for (const headers of [GPC, DNT, {}]) {
			const answer = await send('/ignored', headers);
			expect(answer.status).toBe(202);
			expect(answer.headers['x-byline-dropped']).toBeUndefined();
		}
		await expect.poll(() => viewsOf('/ignored'), NOW).toBe(3);
	});
});

describe('a site that honours signals', () => {
	beforeAll(async () => {
		await set('honour');
	});

	test('says so', async () => {
		expect(await bylineOk(server.dataDir, 'site', 'show', BLOG)).toContain(
			'privacy-signals\thonour\n'
		);
	});

	test.each([
		['Global Privacy Control', GPC],
		['Do Not Track', DNT],
		['both', { ...GPC, ...DNT }]
	])('drops an event with %s', async (_, headers) => {
		const answer = await send('/secret-page', headers);
		expect(answer).toMatchObject({ status: 202, text: 'ok', headers: DROPPED });
	});

	test.each([
		['no header', {}],
		['a header that allows it', { dnt: '0', 'sec-gpc': '0' }],
		['an empty header', { dnt: ' ' }]
	])('counts an event with %s', async (_, headers) => {
		const before = await viewsOf('/counted');
		expect((await send('/counted', headers)).headers['x-byline-dropped']).toBeUndefined();
		await expect.poll(() => viewsOf('/counted'), NOW).toBe(before + 1);
	});

	test('drops a batch one by one', async () => {
		const answer = await post(server.url, [view('/secret-page'), view('/open', OTHER)], {
			headers: GPC
		});
		expect(JSON.parse(answer.text)).toEqual({
			accepted: 1,
			dropped: [{ index: 0, reason: 'privacy_signal' }]
		});
	});

	test('drops what comes by the other routes', async () => {
		const address = encodeURIComponent(`https://${BLOG}/secret-page`);
		const gif = await ask(`${server.url}/api/event.gif?n=pageview&u=${address}`, { headers: GPC });
		expect(gif.headers).toMatchObject({ 'x-byline-dropped': 'privacy_signal' });
		const count = await ask(`${server.url}/count?p=%2Fsecret-page`, {
			headers: { ...DNT, referer: `https://${BLOG}/` }
		});
		expect(count.headers).toMatchObject({ 'x-byline-dropped': 'privacy_signal' });
		const umami = await ask(`${server.url}/api/send`, {
			method: 'POST',
			headers: { ...GPC, 'content-type': 'application/json' },
			body: JSON.stringify({ type: 'event', payload: { hostname: BLOG, url: '/secret-page' } })
		});
		expect(umami.status).toBe(200);
		expect(JSON.parse(umami.text)).toEqual({ beep: 'boop' });
	});

	test('keeps nothing of it but the count of its reason', async () => {
		expect(await viewsOf('/secret-page')).toBe(0);
		await server.restart();
		const files = globSync('**/*', { cwd: server.dataDir, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name));
		expect(files.length).toBeGreaterThan(3);
		for (const file of files) expect(readFileSync(file).includes('secret-page'), file).toBe(false);
		const database = new DatabaseSync(join(server.dataDir, 'byline.sqlite'), { readOnly: true });
		const row = database
			.prepare("select sum(count) as count from drops where reason = 'privacy_signal'")
			.get();
		database.close();
		expect(row).toEqual({ count: 7 });
	});

	test('stays so over a restart, and can be told otherwise', async () => {
		expect((await send('/again', GPC)).headers).toMatchObject(DROPPED);
		await set('ignore');
		expect((await send('/again', GPC)).headers['x-byline-dropped']).toBeUndefined();
		await expect.poll(() => viewsOf('/again'), NOW).toBe(1);
	});
});

test.each([
	[['nowhere.example.com', '--privacy-signals', 'honour'], /no site nowhere/],
	[[BLOG], /^byline: Say what to set: --privacy-signals, /],
	[[BLOG, '--privacy-signals', 'maybe'], /"maybe", but must be ignore or honour/]
])('site set %j is refused with one sentence', async (words, sentence) => {
	const { code, stderr } = await byline(server.dataDir, 'site', 'set', ...words);
	expect(code).toBe(1);
	expect(stderr).toMatch(sentence);
});
