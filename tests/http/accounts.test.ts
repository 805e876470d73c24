import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, OWNER } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { codeOf } from '../support/totp.ts';
import { byline, bylineOk } from './byline-command.ts';
import { JOIN, peopleOf, type PeopleOfServer } from './people.ts';
import { BLOG, startBlog } from './start-blog.ts';

const OTHER = 'other.example.com';
let server: TestServer;
let owner: string;
let get: PeopleOfServer['get'];
let post: PeopleOfServer['post'];
let signIn: PeopleOfServer['signIn'];
let invite: PeopleOfServer['invite'];
let join: PeopleOfServer['join'];
let personId: PeopleOfServer['personId'];

beforeAll(async () => {
	server = await startBlog([
		{ path: '/a', title: 'By Ann', authors: ['Ann'] },
		{ path: '/b', title: 'By Bob', authors: ['Bob'] }
	]);
	await bylineOk(server.dataDir, 'site', 'add', OTHER);
	({ owner, get, post, signIn, invite, join, personId } = await peopleOf(server));
});
afterAll(async () => {
	await server.stop();
});

describe('invitations', () => {
	test('a link makes an account with its role, once', async () => {
		const path = await invite({ email: 'Once@Example.com', role: 'viewer' });
		expect(await (await get(path)).text()).toContain('once@example.com');
		const wrong = await post(path, { ...JOIN, password: 'short' });
		expect(wrong.status).toBe(400);
		const joined = await post(path, JOIN);
		expect([joined.status, joined.headers.get('location')]).toEqual([303, `/${BLOG}`]);
		const cookie = cookieOf(joined);
		expect((await get(`/${BLOG}`, cookie)).status).toBe(200);
		expect((await get(`/${OTHER}`, cookie)).status).toBe(404);
		expect((await get(`/${BLOG}/settings`, cookie)).status).toBe(403);
		expect((await get(path)).status).toBe(404);
		expect((await post(path, JOIN)).status).toBe(404);
	});

	test('of many who use it at once, one comes in', async () => {
		const path = await invite({ email: 'race@example.com', role: 'viewer' });
		const answers = await Promise.all(Array.from({ length: 5 }, () => post(path, JOIN)));
		expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 404, 404, 404, 404]);
	});

	test('one that is withdrawn, or made anew, is good no more', async () => {
		const first = await invite({ email: 'late@example.com', role: 'viewer' });
		const second = await invite({ email: 'late@example.com', role: 'editor' });
		expect((await get(first)).status).toBe(404);
		const screen = await (await get(`/${BLOG}/settings/people`, owner)).text();
		const id = /name="invitation" value="(\d+)"/.exec(screen)?.[1] ?? '';
		expect(
			(await post(`/${BLOG}/settings/people?/withdraw`, { invitation: id }, owner)).status
		).toBe(200);
		expect((await get(second)).status).toBe(404);
	});

	test('who has an account signs in first; nobody comes in by the link alone', async () => {
		const { email } = await join({ role: 'viewer' });
		const link = await bylineOk(server.dataDir, 'user', 'add', email, '--site', OTHER);
		const path = new URL(link.trim()).pathname;
		expect(await (await get(path)).text()).toContain('Sign in to accept');
		expect((await post(path, JOIN)).status).toBe(400);
		const cookie = await signIn(email, JOIN.password);
		expect((await post(path, {}, cookie)).headers.get('location')).toBe(`/${OTHER}`);
		expect((await get(`/${OTHER}`, cookie)).status).toBe(200);
	});

	test('an author needs names that posts carry', async () => {
		for (const authors of ['', 'Nobody', 'Ann; Nobody']) {
			const answer = await post(
				`/${BLOG}/settings/people?/invite`,
				{ email: 'author@example.com', role: 'author', authors },
				owner
			);
			expect([authors, answer.status]).toEqual([authors, 400]);
		}
		const { cookie } = await join({ role: 'author', authors: 'Ann' });
		const posts = await (await get(`/${BLOG}/posts?period=all`, cookie)).text();
		expect(posts).toContain('By Ann');
		expect(posts).not.toContain('By Bob');
	});

	test('an editor invites nobody, and no role that is none is given', async () => {
		const { cookie } = await join({ role: 'editor' });
		expect((await get(`/${BLOG}/settings/catalogue`, cookie)).status).toBe(200);
		expect((await get(`/${BLOG}/settings/people`, cookie)).status).toBe(403);
		const mine = await post(
			`/${BLOG}/settings/people?/invite`,
			{ email: 'x@example.com', role: 'owner' },
			cookie
		);
		expect(mine.status).toBe(403);
		const god = await post(
			`/${BLOG}/settings/people?/invite`,
			{ email: 'x@example.com', role: 'god' },
			owner
		);
		expect(god.status).toBe(400);
	});
});

describe('roles', () => {
	test('a role that is taken away is gone with the next request of the same cookie', async () => {
		const { email, cookie } = await join({ role: 'editor' });
		expect((await get(`/${BLOG}/settings`, cookie)).status).toBe(200);
		const person = await personId(email);
		const lower = { person, role: 'viewer', authors: '' };
		expect((await post(`/${BLOG}/settings/people?/role`, lower, owner)).status).toBe(200);
		expect((await get(`/${BLOG}/settings`, cookie)).status).toBe(403);
		expect((await get(`/${BLOG}`, cookie)).status).toBe(200);
		expect((await post(`/${BLOG}/settings/people?/remove`, { person }, owner)).status).toBe(200);
		expect((await get(`/${BLOG}`, cookie)).status).toBe(404);
		expect((await get(`/api/reports/posts?site=${BLOG}`, cookie)).status).toBe(404);
	});

	test('an owner of one site cannot touch whoever owns the installation', async () => {
		const { cookie } = await join({ role: 'owner' });
		const { stdout } = await byline(server.dataDir, 'user', 'list');
		expect(stdout).toContain(`${OWNER.email}\t${OWNER.name}\tall sites: owner`);
		const screen = await (await get(`/${BLOG}/settings/people`, cookie)).text();
		expect(screen).toContain('Owns the installation');
		expect((await get('/sites/new', cookie)).status).toBe(404);
		expect((await post('/sites/new', { domain: 'mine.example', zone: 'UTC' }, cookie)).status).toBe(
			404
		);
	});
});

describe('sessions', () => {
	test('signing in makes a new session, whatever cookie was sent along', async () => {
		const { email, cookie } = await join({ role: 'viewer' });
		const fixed = 'byline.session_token=chosen-by-an-attacker';
		const answer = await post('/sign-in?/password', { email, password: JOIN.password }, fixed);
		expect(cookieOf(answer)).not.toContain('chosen-by-an-attacker');
		expect(cookieOf(answer)).not.toBe(cookie);
		expect((await get(`/${BLOG}`, fixed)).status).toBe(303);
	});

	test('signing out ends the session on the server, not in the browser alone', async () => {
		const { cookie } = await join({ role: 'viewer' });
		expect((await post('/sign-out', {}, cookie)).headers.get('location')).toBe('/sign-in');
		expect((await get(`/${BLOG}`, cookie)).status).toBe(303);
	});

	test('a new password ends all other sessions, and the one before opens nothing', async () => {
		const { email, cookie } = await join({ role: 'viewer' });
		const elsewhere = await signIn(email, JOIN.password);
		const wrong = { current: 'not the password', password: 'another long password' };
		expect((await post('/account?/password', wrong, cookie)).status).toBe(400);
		const changed = await post(
			'/account?/password',
			{ current: JOIN.password, password: 'another long password' },
			cookie
		);
		expect(changed.status).toBe(200);
		expect((await get(`/${BLOG}`, elsewhere)).status).toBe(303);
		expect((await get(`/${BLOG}`, cookieOf(changed))).status).toBe(200);
		expect((await post('/sign-in?/password', { email, password: JOIN.password })).status).toBe(400);
	});

	test('sessions are listed and ended, one’s own alone', async () => {
		const { email, cookie } = await join({ role: 'viewer' });
		const elsewhere = await signIn(email, JOIN.password);
		const stranger = await join({ role: 'viewer' });
		const page = await (await get('/account', cookie)).text();
		const ids = [...page.matchAll(/name="session" value="([^"]+)"/g)].map(([, id]) => id ?? '');
		expect(ids).toHaveLength(1);
		const session = ids[0] ?? '';
		expect((await post('/account?/session', { session }, stranger.cookie)).status).toBe(400);
		expect((await get(`/${BLOG}`, elsewhere)).status).toBe(200);
		expect((await post('/account?/session', { session }, cookie)).status).toBe(200);
		expect((await get(`/${BLOG}`, elsewhere)).status).toBe(303);
		const third = await signIn(email, JOIN.password);
		expect((await post('/account?/sessions', {}, cookie)).status).toBe(200);
		expect((await get(`/${BLOG}`, third)).status).toBe(303);
		expect((await get(`/${BLOG}`, cookie)).status).toBe(200);
	});
});

test('a link for a new password works once and ends every session', async () => {
	const { email, cookie } = await join({ role: 'viewer' });
	const link = (await bylineOk(server.dataDir, 'user', 'reset', email)).trim();
	const path = new URL(link).pathname;
	expect(await (await get(path)).text()).toContain(email);
	expect((await post(path, { password: 'short' })).status).toBe(400);
	const done = await post(path, { password: 'a password after the reset' });
	expect([done.status, done.headers.get('location')]).toEqual([303, '/sign-in?reset']);
	expect((await get(`/${BLOG}`, cookie)).status).toBe(303);
	expect((await post(path, { password: 'a second one with it' })).status).toBe(404);
	await signIn(email, 'a password after the reset');
	expect((await byline(server.dataDir, 'user', 'reset', 'nobody@example.com')).code).toBe(1);
});

test('two-factor asks for a code after the password; a code for recovery works once', async () => {
	const { email, cookie } = await join({ role: 'viewer' });
	const begun = await (
		await post('/account?/two_factor', { current: JOIN.password }, cookie)
	).text();
	const uri = /name="uri" value="([^"]+)"/.exec(begun)?.[1]?.replaceAll('&amp;', '&') ?? '';
	const secret = new URL(uri).searchParams.get('secret') ?? '';
	const codes = [...begun.matchAll(/<li>([\w-]{8,})<\/li>/g)].map(([, code]) => code ?? '');
	expect(codes.length).toBeGreaterThanOrEqual(8);
	const wrong = await post('/account?/two_factor_on', { uri, code: '000000' }, cookie);
	expect(wrong.status).toBe(400);
	const on = await post('/account?/two_factor_on', { uri, code: codeOf(secret) }, cookie);
	expect(on.status).toBe(200);

	const password = { email, password: JOIN.password };
	const first = await post('/sign-in?/password', password);
	expect(first.headers.get('location')).toBe('/sign-in/code?to=%2F');
	const half = cookieOf(first);
	expect((await get(`/${BLOG}`, half)).status).toBe(303);
	expect((await post('/sign-in/code', { code: '000000' }, half)).status).toBe(400);
	const whole = await post('/sign-in/code', { code: codeOf(secret) }, half);
	expect(whole.status).toBe(303);
	expect((await get(`/${BLOG}`, cookieOf(whole))).status).toBe(200);

	const [recovery = ''] = codes;
	const again = cookieOf(await post('/sign-in?/password', password));
	expect((await post('/sign-in/code', { code: recovery }, again)).status).toBe(303);
	const third = cookieOf(await post('/sign-in?/password', password));
	expect((await post('/sign-in/code', { code: recovery }, third)).status).toBe(400);

	await bylineOk(server.dataDir, 'user', 'reset', email, '--two-factor');
	await signIn(email, JOIN.password);
});

test('what is kept of somebody is exported, and erased with the account', async () => {
	const { email, cookie } = await join({ role: 'viewer' });
	const exported = await get('/account/export', cookie);
	expect(exported.headers.get('content-disposition')).toContain('attachment');
	expect(await exported.json()).toMatchObject({
		account: { email },
		roles: [{ role: 'viewer', domain: BLOG }]
	});
	expect((await post('/account?/erase', { current: 'wrong password' }, cookie)).status).toBe(400);
	const erased = await post('/account?/erase', { current: JOIN.password }, cookie);
	expect(erased.headers.get('location')).toBe('/sign-in');
	expect((await get(`/${BLOG}`, cookie)).status).toBe(303);
	expect(await (await get(`/${BLOG}/settings/log`, owner)).text()).not.toContain(email);
	expect(await (await get(`/${BLOG}/settings/people`, owner)).text()).not.toContain(email);
	const last = await post('/account?/erase', { current: OWNER.password }, owner);
	expect(last.status).toBe(400);
});

test('the log tells who did what, to owners alone', async () => {
	const log = await (await get(`/${BLOG}/settings/log`, owner)).text();
	for (const text of ['Invited', 'Changed the role', 'Signed in', 'A sign-in failed'])
		expect(log).toContain(text);
	expect(log).not.toContain(JOIN.password);
});

// The last one: it uses up what this address may guess.
test('guesses are held back, for accounts that exist and for others alike', async () => {
	const guess = async (email: string) => {
		const { status, headers } = await post('/sign-in?/password', {
			email,
			password: 'guessed wrong'
		});
		return { status, cookies: headers.getSetCookie() };
	};
	const known: unknown[] = [];
	const unknown: unknown[] = [];
	for (let round = 0; round < 15; round += 1) {
		known.push(await guess(OWNER.email));
		unknown.push(await guess('nobody@example.com'));
	}
	expect(known[0]).toEqual({ status: 400, cookies: [] });
	expect(unknown[0]).toEqual(known[0]);
	expect(known.at(-1)).toEqual({ status: 429, cookies: [] });
	expect(unknown.at(-1)).toEqual(known.at(-1));
	const right = await post('/sign-in?/password', { email: OWNER.email, password: OWNER.password });
	expect(right.status).toBe(429);
	expect((await get(`/${BLOG}`, owner)).status).toBe(200);
});
