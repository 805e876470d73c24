import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, sendForm } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask, CHROME, post as send } from './client.ts';
import { listen, newestOf, type Listening } from './listen.ts';
import { JOIN, peopleOf, type PeopleOfServer } from './people.ts';
import { BLOG, startBlog } from './start-blog.ts';

const PEOPLE = `/${BLOG}/settings/people`;

let server: TestServer;
let people: PeopleOfServer;
beforeAll(async () => {
	server = await startBlog([
		{ path: '/a', title: 'By Ann', authors: ['Ann'] },
		{ path: '/b', title: 'By Bob', authors: ['Bob'] }
	]);
	people = await peopleOf(server);
});
afterAll(() => server.stop());

/** A stream that has told something. */
const opened = async (cookie: string, site = `/${BLOG}`): Promise<Listening> => {
	const stream = await listen(`${server.url}${site}/live`, cookie);
	expect(stream.response.statusCode).toBe(200);
	await stream.heard(() => true);
	return stream;
};
const statusOf = async (cookie: string, path = `/${BLOG}/live`): Promise<number> =>
	(await ask(server.url + path, { headers: { cookie } })).status;
/** Makes a link by its form. */
const link = async (fields: Readonly<Record<string, string>> = {}): Promise<string> => {
	const answer = await people.post(
		`/${BLOG}/settings/links?/add`,
		{ name: 'Link', screen: 'site', filters: '', expires: '0', ...fields },
		people.owner
	);
	return /\/share\/[\w-]{32}/.exec(await answer.text())?.[0] ?? '';
};
const change = (sql: string, ...values: SQLInputValue[]): void => {
	const database = new DatabaseSync(`${server.dataDir}/accounts.sqlite`, { timeout: 5_000 });
	database.prepare(sql).run(...values);
	database.close();
};
const expiries = (email: string): unknown => {
	const database = new DatabaseSync(`${server.dataDir}/accounts.sqlite`, { readOnly: true });
	const rows = database
		.prepare(
			`select "expiresAt", "updatedAt" from "session"
			 where "userId" = (select "id" from "user" where "email" = ?)`
		)
		.all(email);
	database.close();
	return rows;
};

test.concurrent('a session that is ended takes its streams along, and no other', async () => {
	const { email, cookie } = await people.join({ role: 'viewer' });
	const elsewhere = await people.signIn(email, JOIN.password);
	const [out, gone, stays] = await Promise.all([
		opened(cookie),
		opened(elsewhere),
		opened(people.owner)
	]);
	await people.post('/sign-out', {}, cookie);
	await out.ended;
	expect(await statusOf(cookie)).toBe(401);

	const third = await people.signIn(email, JOIN.password);
	const here = await opened(third);
	expect((await people.post('/account?/sessions', {}, third)).status).toBe(200);
	await gone.ended;
	expect(await statusOf(elsewhere)).toBe(401);

	// These have been asked about as well by now, and go on telling.
	const before = newestOf(await stays.heard(() => true));
	await send(
		server.url,
		{ n: 'pageview', u: `https://${BLOG}/a`, d: BLOG },
		{ headers: { 'user-agent': CHROME } }
	);
	for (const stream of [here, stays]) {
		await stream.heard((now) => newestOf(now) > before);
		stream.response.destroy();
	}
});

test.concurrent('a new password and the end of the account end streams', async () => {
	const { email, cookie } = await people.join({ role: 'viewer' });
	const elsewhere = await opened(await people.signIn(email, JOIN.password));
	const password = 'another long password';
	const changed = await people.post(
		'/account?/password',
		{ current: JOIN.password, password },
		cookie
	);
	expect(changed.status).toBe(200);
	await elsewhere.ended;
	const last = await opened(cookieOf(changed));
	await people.post('/account?/erase', { current: password }, cookieOf(changed));
	await last.ended;
});

test.concurrent('a role that is changed or taken away ends streams', async () => {
	const { email, cookie } = await people.join({ role: 'author', authors: 'Ann' });
	const person = await people.personId(email);
	const give = async (fields: Readonly<Record<string, string>>): Promise<void> => {
		const answer = await people.post(`${PEOPLE}?/role`, { person, ...fields }, people.owner);
		expect(answer.status).toBe(200);
	};
	const asAnn = await opened(cookie);
	await give({ role: 'author', authors: 'Bob' });
	await asAnn.ended;
	const asBob = await opened(cookie);
	await give({ role: 'viewer', authors: '' });
	await asBob.ended;
	const asViewer = await opened(cookie);
	await people.post(`${PEOPLE}?/remove`, { person }, people.owner);
	await asViewer.ended;
	expect(await statusOf(cookie)).toBe(404);
});

test.concurrent('a stream ends with the time of its session, and prolongs none', async () => {
	const [gone, kept] = [
		await people.join({ role: 'viewer' }),
		await people.join({ role: 'viewer' })
	];
	const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
	const end = (email: string, at: string): void =>
		change(
			`update "session" set "expiresAt" = ?, "updatedAt" = ?
			 where "userId" = (select "id" from "user" where "email" = ?)`,
			at,
			day(-20),
			email
		);
	const stays = await opened(kept.cookie);
	const ends = await opened(gone.cookie);
	// So near to its end, whoever asks for a screen has it prolonged.
	end(kept.email, day(10));
	const before = expiries(kept.email);
	end(gone.email, day(-1));
	await ends.ended;
	expect(expiries(kept.email)).toEqual(before);
	stays.response.destroy();
	expect(await statusOf(kept.cookie, `/${BLOG}`)).toBe(200);
	expect(expiries(kept.email)).not.toEqual(before);
});

test.concurrent(
	'a link that is removed, runs out or gets another password ends streams',
	async () => {
		const password = 'rhubarb and custard';
		const [removed, late, locked] = [await link(), await link(), await link({ password })];
		const proof = cookieOf(await sendForm(`${server.url}${locked}/password`, { password }));
		const streams = await Promise.all([
			opened('', removed),
			opened('', late),
			opened(proof, locked)
		]);
		const prefix = (path: string): string => path.slice('/share/'.length, '/share/'.length + 4);
		const page = await (await people.get(`/${BLOG}/settings/links`, people.owner)).text();
		const id = new RegExp(`${prefix(removed)}…[^]*?name="id" value="(\\d+)"`).exec(page)?.[1] ?? '';
		await people.post(`/${BLOG}/settings/links?/remove`, { id }, people.owner);
		change('update share_links set expires_at = 1 where prefix = ?', prefix(late));
		change(
			'update share_links set password = ? where prefix = ?',
			Buffer.alloc(64),
			prefix(locked)
		);
		await Promise.all(streams.map(({ ended }) => ended));
		for (const [path, cookie] of [
			[removed, ''],
			[late, ''],
			[locked, proof]
		] as const)
			expect(await statusOf(cookie, `${path}/live`)).toBe(401);
	}
);

test.concurrent('a site that is removed takes its streams along', async () => {
	await bylineOk(server.dataDir, 'site', 'add', 'short.example.com');
	const stream = await opened(people.owner, '/short.example.com');
	await bylineOk(server.dataDir, 'site', 'remove', 'short.example.com', '--yes');
	await stream.ended;
});

test.concurrent('a key opens no stream', async () => {
	const answer = await people.post(
		`/${BLOG}/settings/keys?/add`,
		{ name: 'Key', scope: 'reports', expires: '0' },
		people.owner
	);
	const text = /byline_[\w-]{32}/.exec(await answer.text())?.[0] ?? '';
	const headers = { authorization: `Bearer ${text}`, cookie: undefined };
	expect((await ask(`${server.url}/api/reports/posts?site=${BLOG}`, { headers })).status).toBe(200);
	expect((await ask(`${server.url}/${BLOG}/live`, { headers })).status).toBe(401);
});
