import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { TestServer } from '../support/server.ts';
import { ask, type Answer } from './client.ts';
import { JOIN, peopleOf, type PeopleOfServer } from './people.ts';
import { BLOG, startBlog } from './start-blog.ts';

const segmentShape = z.strictObject({
	id: z.number(),
	name: z.string(),
	filters: z.array(z.string()),
	shared: z.boolean()
});
const FILTERS = ['country:is:DE|AT', 'device:is_not:tablet'];

let server: TestServer;
beforeAll(async () => {
	server = await startBlog([{ path: '/a', title: 'By Ann', authors: ['Ann'] }]);
});
afterAll(async () => {
	await server.stop();
});

const send = (
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = { 'content-type': 'application/json' }
): Promise<Answer> =>
	ask(`${server.url}/api/segments${path}?site=${BLOG}`, {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) })
	});
const shapeOfList = z.strictObject({ segments: z.array(segmentShape) });
const list = async (): Promise<readonly z.infer<typeof segmentShape>[]> => {
	const { text } = await send('GET', '');
	return shapeOfList.parse(JSON.parse(text)).segments;
};
const add = async (name: string, shared = false): Promise<z.infer<typeof segmentShape>> => {
	const { status, text } = await send('POST', '', { name, filters: FILTERS, shared });
	expect(status, text).toBe(201);
	return segmentShape.parse(JSON.parse(text));
};
const pathsOf = ({ text }: Answer): readonly string[] =>
	z
		.object({ errors: z.array(z.object({ path: z.string() })) })
		.parse(JSON.parse(text))
		.errors.map(({ path }) => path);

beforeEach(async () => {
	for (const { id } of await list()) await send('DELETE', `/${id}`);
});

test('a segment is saved, listed, renamed, deleted, and outlives the server', async () => {
	const saved = await add('  Readers   at home ');
	expect(saved).toMatchObject({ name: 'Readers at home', filters: FILTERS });
	expect(await list()).toEqual([saved]);
	const renamed = await send('PATCH', `/${saved.id}`, { name: 'Home' });
	expect(renamed.status).toBe(200);
	await server.restart();
	expect(await list()).toEqual([{ ...saved, name: 'Home' }]);
	expect((await send('DELETE', `/${saved.id}`)).status).toBe(204);
	expect(await list()).toEqual([]);
	expect((await send('DELETE', `/${saved.id}`)).status).toBe(404);
});

test('a name is given once', async () => {
	const first = await add('Home');
	const second = await add('Work');
	const taken = await send('POST', '', { name: 'home', filters: FILTERS });
	expect([taken.status, pathsOf(taken)]).toEqual([409, ['#/name']]);
	const renamed = await send('PATCH', `/${second.id}`, { name: 'HOME' });
	expect([renamed.status, pathsOf(renamed)]).toEqual([409, ['#/name']]);
	expect((await list()).map(({ name }) => name)).toEqual([first.name, second.name]);
});

describe('what is wrong is told by its path, and nothing is kept', () => {
	test.each([
		[{ name: '', filters: FILTERS }, ['#/name']],
		[{ name: 'x'.repeat(81), filters: FILTERS }, ['#/name']],
		[{ name: 'a\u0000b', filters: FILTERS }, ['#/name']],
		[{ name: 1, filters: FILTERS }, ['#/name']],
		[{ name: 'a', filters: [] }, ['#/filters']],
		[{ name: 'a', filters: 'country:is:DE' }, ['#/filters']],
		[{ name: 'a', filters: ['country:is:DE', 'colour:is:red'] }, ['#/filters/1']],
		[{ name: 'a', filters: Array.from({ length: 21 }, () => 'os:is:iOS') }, ['#/filters']],
		[{ name: 'a', filters: [`page:is:${'x'.repeat(2_049)}`] }, ['#/filters/0']],
		[{}, ['#/name', '#/filters']],
		[[], ['#']],
		['text', ['#']]
	])('%j', async (body, paths) => {
		const answer = await send('POST', '', body);
		expect([answer.status, pathsOf(answer)]).toEqual([400, paths]);
		expect(await list()).toEqual([]);
	});

	test('a site that is not there', async () => {
		for (const method of ['GET', 'POST']) {
			const answer = await ask(`${server.url}/api/segments?site=x`, { method });
			expect([answer.status, pathsOf(answer)]).toEqual([404, ['#/site']]);
		}
	});
});

test('no page of another site can change anything', async () => {
	const { id } = await add('Home');
	const origin = { origin: 'https://evil.example' };
	const bodies = [
		['POST', '', { ...origin, 'content-type': 'text/plain' }],
		['POST', '', { ...origin, 'content-type': 'application/x-www-form-urlencoded' }],
		['PATCH', `/${id}`, { ...origin, 'content-type': 'text/plain' }]
	] as const;
	for (const [method, path, headers] of bodies) {
		const { status } = await send(method, path, { name: 'Evil', filters: FILTERS }, headers);
		expect([400, 403]).toContain(status);
	}
	const form = await ask(`${server.url}/${BLOG}/segments?/remove`, {
		method: 'POST',
		headers: { ...origin, 'content-type': 'application/x-www-form-urlencoded' },
		body: `id=${id}`
	});
	expect(form.status).toBe(403);
	const preflight = await ask(`${server.url}/api/segments/${id}?site=${BLOG}`, {
		method: 'OPTIONS',
		headers: { ...origin, 'access-control-request-method': 'DELETE' }
	});
	expect(preflight.headers['access-control-allow-origin']).toBeUndefined();
	expect((await list()).map(({ name }) => name)).toEqual(['Home']);
});

describe('people', () => {
	let people: PeopleOfServer;
	const as =
		(cookie: string) =>
		(method: string, path = '', body?: unknown): Promise<Answer> =>
			send(method, path, body, { 'content-type': 'application/json', cookie });
	const namesOf = async (cookie: string): Promise<readonly string[]> =>
		shapeOfList.parse(JSON.parse((await as(cookie)('GET')).text)).segments.map(({ name }) => name);
	const idOf = ({ text }: Answer): number => segmentShape.parse(JSON.parse(text)).id;

	beforeAll(async () => {
		people = await peopleOf(server);
	});

	test('see what is for everybody and their own, and change what is theirs', async () => {
		const { cookie } = await people.join({ role: 'viewer' });
		const viewer = as(cookie);
		const shared = await add('For all', true);
		await add('Of the owner');
		const own = await viewer('POST', '', { name: 'Of the viewer', filters: FILTERS });
		expect(own.status, own.text).toBe(201);
		expect(await namesOf(cookie)).toEqual(['For all', 'Of the viewer']);
		expect((await list()).map(({ name }) => name)).toEqual(['For all', 'Of the owner']);
		expect(await (await people.get(`/${BLOG}`, cookie)).text()).not.toContain('Of the owner');

		const refused = await viewer('POST', '', { name: 'Mine', filters: FILTERS, shared: true });
		expect([refused.status, pathsOf(refused)]).toEqual([403, ['#/shared']]);
		expect((await viewer('PATCH', `/${shared.id}`, { name: 'Taken' })).status).toBe(404);
		expect((await viewer('DELETE', `/${shared.id}`)).status).toBe(404);
		expect((await send('DELETE', `/${idOf(own)}`)).status).toBe(404);
		expect((await viewer('PATCH', `/${idOf(own)}`, { name: 'For all' })).status).toBe(200);
		expect((await viewer('DELETE', `/${idOf(own)}`)).status).toBe(204);
		expect(await namesOf(cookie)).toEqual(['For all']);
	});

	test('of whom an author sees their own alone', async () => {
		const { cookie } = await people.join({ role: 'author', authors: 'Ann' });
		await add('For all', true);
		const screen = await people.post(
			`/${BLOG}/segments?/save`,
			{ name: 'Of the author', filter: 'device:is:mobile', shared: 'on' },
			cookie
		);
		expect(screen.status).toBe(403);
		const fields = { name: 'Of the author', filter: 'device:is:mobile' };
		expect((await people.post(`/${BLOG}/segments?/save`, fields, cookie)).status).toBe(303);
		expect(await namesOf(cookie)).toEqual(['Of the author']);
		expect(await (await people.get(`/${BLOG}/segments`, cookie)).text()).not.toContain('For all');
	});

	test('take theirs along when their account goes, and have them in its export', async () => {
		const { cookie } = await people.join({ role: 'viewer' });
		await as(cookie)('POST', '', { name: 'Quiet', filters: FILTERS });
		const exported = await (await people.get('/account/export', cookie)).text();
		expect(JSON.parse(exported)).toMatchObject({
			segments: [{ site: BLOG, name: 'Quiet', filters: FILTERS }]
		});
		await people.post('/account?/erase', { current: JOIN.password }, cookie);
		const registry = new DatabaseSync(join(server.dataDir, 'byline.sqlite'), { readOnly: true });
		expect(registry.prepare(`select * from segments where name = 'Quiet'`).all()).toEqual([]);
		registry.close();
	});
});
