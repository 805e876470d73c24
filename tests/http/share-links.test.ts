import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, sendForm } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { ask, post, type Answer } from './client.ts';
import { BLOG, startBlog } from './start-blog.ts';

const PASSWORD = 'rhubarb and custard';

let server: TestServer;
let owner: string;
beforeAll(async () => {
	server = await startBlog([
		{ path: '/by-ana', title: 'Anas Kanarienvogel', authors: ['Ana'], topics: ['Birds'] },
		{ path: '/by-ben', title: 'Bens Geheimnis', authors: ['Ben'], topics: ['Secrets'] }
	]);
	const { cookies } = await server.storageState();
	owner = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	const view = (path: string, pv: string): object => ({
		n: 'pageview',
		u: `https://${BLOG}${path}`,
		pv
	});
	await post(server.url, [view('/by-ana', 'a'), view('/by-ben', 'b')]);
});
afterAll(() => server.stop());

/** Makes a link by the form, as an owner does, and answers its path. */
async function link(fields: Readonly<Record<string, string>>, query = ''): Promise<string> {
	const answer = await sendForm(
		`${server.url}/${BLOG}/settings/links?/add${query}`,
		{ name: 'Link', screen: 'site', filters: '', expires: '0', ...fields },
		owner
	);
	const text = await answer.text();
	const path = /\/share\/[\w-]{32}/.exec(text)?.[0];
	if (path === undefined)
		throw new Error(`${answer.status}: no link was made: ${text.slice(0, 500)}`);
	return path;
}

/** Asks as somebody without a session. */
const guest = (path: string, cookie?: string): Promise<Answer> =>
	ask(server.url + path, { headers: { cookie } });
const keyOf = (path: string): string => `share:${path.split('/')[2] ?? ''}`;
const report = (path: string, id: string, more = ''): Promise<Answer> =>
	guest(`/api/reports/${id}?site=${keyOf(path)}&period=7d${more}`);

describe('a link to the whole site', () => {
	let path: string;
	beforeAll(async () => {
		path = await link({});
	});

	test.each(['', '/posts', '/posts/1', '/recent', '/topics', '/authors', '/sources', '/audience'])(
		'shows %s, with links that stay below it',
		async (screen) => {
			const answer = await guest(path + screen);
			expect(answer.status).toBe(200);
			expect(answer.text).not.toContain(`href="/${BLOG}`);
			expect(answer.text).not.toContain('Settings');
			expect(answer.headers).not.toHaveProperty('set-cookie');
		}
	);

	test('gives reports', async () => {
		const { status, text } = await report(path, 'posts');
		expect(status).toBe(200);
		expect(text).toContain('Geheimnis');
	});

	test.each([
		'/settings',
		'/settings/keys',
		'/settings/exports/events.csv',
		'/posts/1/edit',
		'/segments'
	])('does not show %s', async (screen) => {
		expect([403, 404]).toContain((await guest(path + screen)).status);
	});

	test('opens nothing by the domain, and nothing beside the site', async () => {
		for (const address of [`/${BLOG}`, `/${BLOG}/posts`, '/', '/other.example.com'])
			expect((await guest(address)).status).toBe(303);
		expect((await guest(`/api/reports/posts?site=${BLOG}`)).status).toBe(401);
		expect((await guest(`/?site=${keyOf(path)}`)).text).not.toContain(BLOG);
	});

	test('changes nothing', async () => {
		for (const address of [
			`${path}/segments?/save`,
			`${path}/settings/links?/add`,
			`${path}/settings/remove`
		])
			expect([403, 404, 405]).toContain(
				(await sendForm(server.url + address, { name: 'x', domain: BLOG })).status
			);
	});
});

describe('a link to one screen', () => {
	test('leads there, and shows and gives nothing else', async () => {
		const path = await link({ screen: 'posts' });
		const bare = await guest(path);
		expect([bare.status, bare.headers.location]).toEqual([303, `${path}/posts`]);
		expect((await guest(`${path}/posts`)).text).toContain('Geheimnis');
		for (const screen of [
			'/recent',
			'/posts/1',
			'/topics',
			'/filter',
			'/posts/pages',
			'/posts/attribution'
		])
			expect([screen, (await guest(path + screen)).status]).toEqual([screen, 404]);
		expect((await report(path, 'posts.csv')).status).toBe(200);
		for (const id of ['topics', 'pages', 'overview.csv'])
			expect([id, (await report(path, id)).status]).toEqual([id, 404]);
		const suggestions = await guest(`/api/suggestions?site=${keyOf(path)}&dimension=topic`);
		expect(suggestions.status).toBe(404);
	});

	test('of one post shows that post alone', async () => {
		const path = await link({ screen: 'post', post: `https://${BLOG}/by-ana` });
		const { location } = (await guest(path)).headers;
		const shown = await guest(String(location));
		expect(shown.status).toBe(200);
		expect(shown.text).toContain('Kanarienvogel');
		const other = location === `${path}/posts/1` ? 2 : 1;
		expect((await guest(`${path}/posts/${other}`)).status).toBe(404);
		expect((await guest(`${path}/posts`)).status).toBe(404);
	});
});

test('filters of a link cannot be lifted', async () => {
	const path = await link({ filters: 'address' }, '&filter=author:is:Ana');
	for (const more of ['', '&filter=author:is:Ben', '&filter=author:is_not:Ana', '&filter=']) {
		const { text } = await report(path, 'posts', more);
		expect(text).not.toMatch(/Geheimnis|by-ben/);
	}
	const screen = await guest(`${path}/posts?filter=author:is:Ben`);
	expect(screen.text).not.toContain('Geheimnis');
	expect((await guest(`${path}/posts`)).text).toContain('Kanarienvogel');
});

describe('a link with a password', () => {
	let path: string;
	beforeAll(async () => {
		path = await link({ password: PASSWORD, hosts: 'wiki.example.com' });
	});

	test('asks for it, and shows nothing before', async () => {
		for (const address of [path, `${path}/posts`]) {
			const answer = await guest(address);
			expect([answer.status, answer.headers.location]).toEqual([303, `${path}/password`]);
		}
		expect((await report(path, 'posts')).status).toBe(401);
		const form = await guest(`${path}/password`);
		expect(form.text).not.toContain(BLOG);
	});

	test('opens by it', async () => {
		const wrong = await sendForm(`${server.url}${path}/password`, { password: 'rhubarb' });
		expect(wrong.status).toBe(400);
		expect(cookieOf(wrong)).toBe('');
		const right = await sendForm(`${server.url}${path}/password`, { password: PASSWORD });
		expect([right.status, right.headers.get('location')]).toEqual([303, path]);
		const [line = ''] = right.headers.getSetCookie();
		expect(line).toMatch(/HttpOnly/i);
		expect(line).toMatch(/SameSite=Lax/i);
		const cookie = cookieOf(right);
		expect((await guest(`${path}/posts`, cookie)).text).toContain('Geheimnis');
		const another = await link({ password: PASSWORD });
		const moved = cookie.replace(/^byline_share_\d+/, 'byline_share_9');
		for (const given of [cookie, moved])
			expect((await guest(`${another}/posts`, given)).status).toBe(303);
	});

	test('is no place to guess at', async () => {
		const statuses = new Set<number>();
		for (let guess = 0; guess < 25; guess += 1)
			statuses.add(
				(await sendForm(`${server.url}${path}/password`, { password: `guess ${guess}` })).status
			);
		expect([...statuses]).toEqual([400, 429]);
	});
});

test('frames are for the hosts that the owner names', async () => {
	const ancestorsOf = ({ headers }: Answer): string | undefined =>
		/frame-ancestors ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];
	const framed = await link({
		screen: 'posts',
		hosts: 'wiki.example.com, https://Notes.example.com/'
	});
	expect(ancestorsOf(await guest(`${framed}/posts`))).toBe(
		'https://wiki.example.com http://wiki.example.com https://notes.example.com http://notes.example.com'
	);
	const plain = await link({ screen: 'posts' });
	expect(ancestorsOf(await guest(`${plain}/posts`))).toBe("'none'");
	expect(ancestorsOf(await ask(`${server.url}/${BLOG}/posts`))).toBe("'none'");
	for (const hosts of [
		'*',
		"example.com 'self'",
		'example.com;script-src *',
		'a_b',
		'https://*.example.com'
	])
		await expect(link({ hosts })).rejects.toThrow(/^400/);
});

test('a link that is removed, or never was, is no link', async () => {
	const path = await link({ name: 'To go' });
	const page = await ask(`${server.url}/${BLOG}/settings/links`);
	const id = /name="id" value="(\d+)"/.exec(page.text)?.[1] ?? '';
	const removed = await sendForm(`${server.url}/${BLOG}/settings/links?/remove`, { id }, owner);
	expect(removed.status).toBe(200);
	for (const gone of [path, '/share/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '/share/x']) {
		const answer = await guest(gone);
		expect(answer.status).toBe(404);
		expect(answer.text).not.toContain(BLOG);
		expect((await report(gone, 'posts')).status).toBe(401);
	}
});
