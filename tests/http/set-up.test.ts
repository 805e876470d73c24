import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, OWNER, printedToken, sendForm } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { BLOG } from './start-blog.ts';

let server: TestServer;
let token: string;

const get = (path: string, cookie = ''): Promise<Response> =>
	fetch(server.url + path, { redirect: 'manual', headers: { cookie } });
const post = (path: string, fields: Record<string, string>, cookie = ''): Promise<Response> =>
	sendForm(server.url + path, fields, cookie);

beforeAll(async () => {
	server = await startServer();
	token = await printedToken(server.stderr);
});
afterAll(async () => {
	await server.stop();
});

test('a fresh installation leads to its set-up and shows nothing', async () => {
	for (const path of ['/', '/sign-in', `/${BLOG}`, '/nowhere.example/posts?period=7d']) {
		const answer = await get(path);
		expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, '/setup']);
	}
	expect((await get(`/api/reports/posts?site=${BLOG}`)).status).toBe(401);
	expect((await get('/setup')).status).toBe(200);
});

test('nobody claims it without the token', async () => {
	for (const wrong of ['', 'x', `${token}x`, token.toLowerCase()]) {
		const answer = await post('/setup', { ...OWNER, token: wrong });
		expect(answer.status).toBe(403);
		expect(answer.headers.getSetCookie()).toEqual([]);
	}
	const foreign = await fetch(`${server.url}/setup`, {
		method: 'POST',
		headers: {
			origin: 'https://evil.example',
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams({ ...OWNER, token }).toString()
	});
	expect(foreign.status).toBe(403);
});

test.each([
	['name', ' ', 'Write a name.'],
	['email', 'nobody', 'Write an e-mail address'],
	['password', 'short', 'A password has 10 to 128 characters.']
])('a wrong %s is told, and the token stays good', async (field, value, told) => {
	const answer = await post('/setup', { ...OWNER, token, [field]: value });
	expect(answer.status).toBe(400);
	expect(await answer.text()).toContain(told);
});

test('the first with the token owns it; then there is no set-up any more', async () => {
	const [one, other] = await Promise.all([
		post('/setup', { ...OWNER, token }),
		post('/setup', { ...OWNER, token })
	]);
	expect([one.status, other.status].toSorted()).toEqual([303, 403]);
	const cookie = cookieOf(one.status === 303 ? one : other);
	expect((await get('/', cookie)).headers.get('location')).toBe('/sites/new');
	expect((await get('/setup')).status).toBe(404);
	expect((await post('/setup', { ...OWNER, token })).status).toBe(404);
	expect((await get('/')).headers.get('location')).toBe('/sign-in');
	const mode = (name: string): number => statSync(join(server.dataDir, name)).mode & 0o777;
	expect([mode('accounts.sqlite'), mode('secret')]).toEqual([0o600, 0o600]);
});

test('the owner adds the first site and is shown its script tag', async () => {
	const wrong = await server.fetch('/sites/new', {
		method: 'POST',
		redirect: 'manual',
		headers: { accept: 'text/html' },
		body: new URLSearchParams({ domain: 'no domain', zone: 'UTC' })
	});
	expect(wrong.status).toBe(400);
	expect(await wrong.text()).toContain('is no domain');
	const added = await server.fetch('/sites/new', {
		method: 'POST',
		redirect: 'manual',
		headers: { accept: 'text/html' },
		body: new URLSearchParams({ domain: `https://www.${BLOG}/`, zone: 'Europe/Berlin' })
	});
	expect([added.status, added.headers.get('location')]).toEqual([303, `/${BLOG}/settings`]);
	const page = await (await server.fetch(`/${BLOG}/settings`)).text();
	expect(page).toContain(`data-domain=&quot;${BLOG}`.replaceAll('&quot;', '"'));
	expect(page).toContain('Europe/Berlin');
	expect(await bylineOk(server.dataDir, 'site', 'list')).toBe(`${BLOG}\tEurope/Berlin\n`);
});

test('a restart asks for no owner again, and the session goes on', async () => {
	await server.restart();
	expect(server.stderr().match(/Nobody owns/g)).toHaveLength(1);
	expect((await server.fetch(`/${BLOG}`)).status).toBe(200);
});

test('a stranger hears the same of a site that exists and of one that does not', async () => {
	const screens = ['', '/posts', '/posts/1', '/settings', '/settings/names', '/live'];
	for (const screen of screens) {
		const [real, invented] = await Promise.all(
			[BLOG, 'nowhere.example'].map(async (site) => {
				const answer = await get(`/${site}${screen}`);
				const to = answer.headers.get('location')?.replace(site, 'SITE');
				return { status: answer.status, to, text: await answer.text() };
			})
		);
		expect(real).toEqual(invented);
		expect([303, 401]).toContain(real?.status);
	}
	const data = await get(`/${BLOG}/posts/__data.json`);
	expect(await data.json()).toEqual({
		type: 'redirect',
		location: `/sign-in?to=${encodeURIComponent(`/${BLOG}/posts`)}`
	});
});
