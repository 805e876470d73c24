import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask, post, type Answer } from './client.ts';
import { BLOG, startBlog } from './start-blog.ts';

const OTHER = 'other.example.com';
const SCOPES = ['reports', 'events', 'catalogue'] as const;

let server: TestServer;
const keys = new Map<string, string>();
beforeAll(async () => {
	server = await startBlog([
		{ path: '/by-ana', title: 'Anas Kanarienvogel', authors: ['Ana'], topics: ['Birds'] },
		{ path: '/by-ben', title: 'Bens Geheimnis', authors: ['Ben'], topics: ['Secrets'] }
	]);
	await bylineOk(server.dataDir, 'site', 'add', OTHER);
	for (const scope of SCOPES) keys.set(scope, await add(scope));
	keys.set('author', await add('reports', '--author', 'Ana'));
	keys.set('other', await add('reports,catalogue,events', '--site', OTHER));
	const view = (path: string, pv: string): object => ({
		n: 'pageview',
		u: `https://${BLOG}${path}`,
		pv
	});
	await post(server.url, [view('/by-ana', 'a'), view('/by-ben', 'b'), view('/by-ben', 'c')]);
	await vi.waitUntil(
		async () => {
			const { text } = await read('/api/reports/overview', 'reports', '&period=7d');
			return text.includes('"page_views":3');
		},
		{ timeout: 30_000, interval: 200 }
	);
});
afterAll(() => server.stop());

async function add(may: string, ...more: readonly string[]): Promise<string> {
	const site = more.includes('--site') ? [] : ['--site', BLOG];
	const said = await bylineOk(server.dataDir, 'key', 'add', 'Test', '--may', may, ...site, ...more);
	return said.trim();
}

const bearer = (key: string): Record<string, string | undefined> => ({
	cookie: undefined,
	authorization: `Bearer ${keys.get(key) ?? key}`
});
const read = (path: string, key: string, more = ''): Promise<Answer> =>
	ask(`${server.url}${path}?site=${BLOG}${more}`, { headers: bearer(key) });
const stats = (key: string | null, body: object = {}): Promise<Answer> =>
	ask(`${server.url}/api/v2/query`, {
		method: 'POST',
		headers: {
			...(key === null ? { cookie: undefined } : bearer(key)),
			'content-type': 'application/json'
		},
		body: JSON.stringify({ site_id: BLOG, metrics: ['pageviews'], date_range: 'day', ...body })
	});
const put = (key: string, body: unknown, type = 'application/json'): Promise<Answer> =>
	ask(`${server.url}/api/posts?site=${BLOG}`, {
		method: 'PUT',
		headers: { ...bearer(key), 'content-type': type },
		body: JSON.stringify(body)
	});

describe('a key to read reports', () => {
	test.each(['/api/reports/posts', '/api/reports/posts.csv', '/api/segments', '/api/suggestions'])(
		'opens %s, which no stranger and no other key does',
		async (path) => {
			const more = path.endsWith('suggestions') ? '&dimension=topic' : '';
			expect((await read(path, 'reports', more)).status).toBe(200);
			for (const [key, status] of [
				['events', 403],
				['catalogue', 403],
				['other', 404],
				['byline_wrong', 401],
				['', 401]
			] as const)
				expect([key, (await read(path, key, more)).status]).toEqual([key, status]);
		}
	);

	test('opens the Stats API; without one, or with a wrong one, its clients hear what they know', async () => {
		expect(JSON.parse((await stats('reports')).text)).toMatchObject({
			results: [{ metrics: [3], dimensions: [] }]
		});
		const error = async (key: string | null): Promise<unknown> => {
			const { status, text } = await stats(key);
			return [status, z.object({ error: z.string() }).parse(JSON.parse(text)).error];
		};
		expect(await error(null)).toEqual([
			401,
			'Missing API key. Please use a valid Plausible API key as a Bearer Token.'
		]);
		for (const key of ['byline_wrong', 'events', 'other'])
			expect(await error(key)).toEqual([
				401,
				expect.stringMatching(/^Invalid API key or site ID\. /)
			]);
	});

	test('changes nothing', async () => {
		const json = { 'content-type': 'application/json' };
		const change = (method: string, path: string): Promise<Answer> =>
			ask(`${server.url}${path}?site=${BLOG}`, {
				method,
				headers: { ...bearer('reports'), ...json, 'content-length': '2' },
				body: '{}'
			});
		expect((await change('POST', '/api/segments')).status).toBe(403);
		expect((await change('DELETE', '/api/segments/1')).status).toBe(403);
		expect((await put('reports', [])).status).toBe(403);
	});

	test.each(['', '/settings/keys', '/posts', '/live', '/settings/exports/events.csv'])(
		'is for no screen: /[site]%s',
		async (path) => {
			const answer = await ask(`${server.url}/${BLOG}${path}`, { headers: bearer('reports') });
			expect([303, 401]).toContain(answer.status);
			expect(answer.text).not.toContain('Kanarienvogel');
		}
	);

	test('of one author tells of no other post', async () => {
		for (const path of [
			'/api/reports/posts',
			'/api/reports/posts.csv',
			'/api/reports/topics',
			'/api/reports/pages',
			'/api/suggestions'
		]) {
			const more = path.endsWith('suggestions') ? '&dimension=post' : '&period=7d';
			const { status, text } = await read(path, 'author', more);
			expect(status).toBe(200);
			expect(text).not.toMatch(/Geheimnis|Secrets|Ben\b|by-ben/);
		}
		expect((await read('/api/reports/posts', 'author', '&period=7d')).text).toContain(
			'Kanarienvogel'
		);
		const { text } = await stats('author', { dimensions: ['event:page'] });
		expect(text).toContain('/by-ana');
		expect(text).not.toContain('/by-ben');
	});
});

describe('a key that manages the catalogue', () => {
	const POST = { path: '/new', title: 'Brand new', authors: ['Ana'], topics: ['Birds'], id: 1 };

	test('puts posts, and only those that are whole', async () => {
		const added = await put('catalogue', [POST]);
		expect([added.status, JSON.parse(added.text)]).toEqual([
			200,
			{ added: 1, updated: 0, unchanged: 0 }
		]);
		expect(JSON.parse((await put('catalogue', [POST])).text)).toMatchObject({ unchanged: 1 });
		const { text } = await read('/api/reports/posts', 'reports', '&period=7d');
		expect(text).toContain('Brand new');
		// An id of another post is not its business.
		expect(text).toContain('Kanarienvogel');
		for (const body of [[{ path: '/x' }], [{ title: 'x' }], {}, 'x', [POST, 1]]) {
			const wrong = await put('catalogue', body);
			expect(wrong.status).toBe(400);
			expect(JSON.parse(wrong.text)).toHaveProperty(['errors', 0, 'message']);
		}
		// A form of another site could send that.
		expect((await put('catalogue', [POST], 'text/plain')).status).toBe(403);
	});

	test('of another site finds none', async () => {
		expect((await put('other', [POST])).status).toBe(404);
	});
});

test('keys are kept as digests, and their making is written down', async () => {
	const database = new (await import('node:sqlite')).DatabaseSync(
		`${server.dataDir}/accounts.sqlite`,
		{
			readOnly: true
		}
	);
	const kept = JSON.stringify([
		database.prepare('select name, prefix, hex(digest) as digest from api_keys').all(),
		database.prepare('select * from audit').all()
	]);
	database.close();
	for (const key of keys.values()) expect(kept).not.toContain(key.slice(8));
	expect(kept).toContain('key_added');
});
