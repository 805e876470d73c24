import crypto from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getMigrations } from 'better-auth/db/migration';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdDatabase } from '../../tests/support/hold-database.ts';
import { temporaryFolder } from '../../tests/support/temp.ts';
import { parseSettings } from '../settings.ts';
import { createBetterAuth } from './better-auth.ts';
import { EVERY_SITE } from './memberships.ts';
import { migrateAccounts } from './migrate.ts';
import { openAccounts, type Accounts } from './open-accounts.ts';

let folder: ReturnType<typeof temporaryFolder>;
let accounts: Accounts;
const settings = () => parseSettings({ DATA_DIR: folder.path });
const open = (now: () => number = Date.now): Accounts =>
	openAccounts({ settings: settings(), now, onTrouble: () => undefined });

beforeEach(() => {
	folder = temporaryFolder('accounts');
	accounts = open();
});
afterEach(() => {
	accounts.close();
	folder.remove();
});

const ADA = { name: 'Ada', email: 'Ada@Example.com', password: 'a long enough password' };
const askingWith = (cookies: readonly string[]): Headers =>
	new Headers({ cookie: cookies.map((line) => line.split(';', 1)[0]).join('; ') });

test('the tables are those that better-auth expects', async () => {
	const database = new DatabaseSync(':memory:');
	migrateAccounts(database);
	const { options } = createBetterAuth({
		database,
		secret: 'x'.repeat(32),
		settings: settings(),
		onTrouble: () => undefined
	});
	const { toBeCreated, toBeAdded } = await getMigrations(options);
	expect([toBeCreated, toBeAdded]).toEqual([[], []]);
});

test('what is secret is for the owner of the folder alone, and outlives a restart', () => {
	const mode = (name: string): number => statSync(join(folder.path, name)).mode & 0o777;
	expect(mode('accounts.sqlite')).toBe(0o600);
	expect(mode('accounts.sqlite-wal')).toBe(0o600);
	expect(mode('secret')).toBe(0o600);
	accounts.close();
	accounts = open();
	expect(mode('secret')).toBe(0o600);
});

test('a secret that is cut short is refused', () => {
	accounts.close();
	writeFileSync(join(folder.path, 'secret'), 'short');
	expect(() => open()).toThrow('secret in it is damaged');
	writeFileSync(join(folder.path, 'secret'), 'x'.repeat(43));
	accounts = open();
});

test('somebody signs in by address in any case, and is known by the cookie until they sign out', async () => {
	const { auth } = accounts;
	const person = await auth.addPerson(ADA);
	expect(person).toMatchObject({ name: 'Ada', email: 'ada@example.com', hasTwoFactor: false });
	const answer = await auth.signIn({ ...ADA, email: 'ADA@example.com' }, new Headers());
	if (answer.outcome !== 'signed_in') throw new Error(answer.outcome);
	expect(answer.cookies).toHaveLength(1);
	expect(answer.cookies[0]).toMatch(
		/^byline\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/
	);
	const asking = askingWith(answer.cookies);
	expect((await auth.session(asking)).session?.person).toEqual(person);
	const gone = await auth.signOut(asking);
	expect(gone.some((line) => /^byline\.session_token=;.*Max-Age=0/.test(line))).toBe(true);
	expect((await auth.session(asking)).session).toBe(null);
});

test('the cookie is Secure where the dashboard is served by https', async () => {
	accounts.close();
	accounts = openAccounts({
		settings: parseSettings({ DATA_DIR: folder.path, ORIGIN: 'https://stats.example.com' }),
		now: Date.now,
		onTrouble: () => undefined
	});
	await accounts.auth.addPerson(ADA);
	const answer = await accounts.auth.signIn(ADA, new Headers());
	expect(answer).toMatchObject({
		cookies: [expect.stringMatching(/^__Secure-byline\.session_token=.*; Secure;/)]
	});
});

test('a cookie that somebody wrote or changed is nobody’s', async () => {
	const { auth } = accounts;
	await auth.addPerson(ADA);
	const answer = await auth.signIn(ADA, new Headers());
	if (answer.outcome !== 'signed_in') throw new Error(answer.outcome);
	const [name = '', value = ''] = (answer.cookies[0] ?? '').split(/[=;]/);
	const [token = ''] = decodeURIComponent(value).split('.');
	for (const forged of [token, `${token}.${'A'.repeat(43)}=`, `${value.slice(0, -8)}AAAAAAAA`, ''])
		expect((await auth.session(new Headers({ cookie: `${name}=${forged}` }))).session).toBe(null);
});

test('wrong passwords and unknown addresses are refused alike', async () => {
	await accounts.auth.addPerson(ADA);
	const wrong = { email: 'ada@example.com', password: 'another long password' };
	expect(await accounts.auth.signIn(wrong, new Headers())).toEqual({ outcome: 'refused' });
	const unknown = { ...wrong, email: 'nobody@example.com' };
	expect(await accounts.auth.signIn(unknown, new Headers())).toEqual({ outcome: 'refused' });
	const noAddress = { ...wrong, email: 'nobody' };
	expect(await accounts.auth.signIn(noAddress, new Headers())).toEqual({ outcome: 'refused' });
});

test('whoever is taken away takes sessions and roles along', async () => {
	const { auth, memberships, people } = accounts;
	const { id: person } = await auth.addPerson(ADA);
	const answer = await auth.signIn(ADA, new Headers());
	if (answer.outcome !== 'signed_in') throw new Error(answer.outcome);
	memberships.put({ person, site: 3, role: 'author', authors: ['Ada L.'] });
	memberships.put({ person, site: EVERY_SITE, role: 'owner', authors: ['ignored'] });
	expect(memberships.of(person)).toEqual([
		{ person, site: EVERY_SITE, role: 'owner', authors: [] },
		{ person, site: 3, role: 'author', authors: ['Ada L.'] }
	]);
	people.remove(person);
	expect(memberships.of(person)).toEqual([]);
	expect(memberships.on(3)).toEqual([]);
	expect((await auth.session(askingWith(answer.cookies))).session).toBe(null);
});

test('the token of the terminal makes one owner, whoever is first, and is good again after a failure', async () => {
	const { setUp, auth } = accounts;
	const token = setUp.token() ?? '';
	expect(token).toMatch(/^[\w-]{22}$/);
	expect(await setUp.claim('wrong', () => auth.addPerson(ADA))).toBe(undefined);
	await expect(setUp.claim(token, () => Promise.reject(new Error('no name')))).rejects.toThrow(
		'no name'
	);
	const claims = await Promise.all(
		['a', 'b', 'c'].map((name) =>
			setUp.claim(token, () => auth.addPerson({ ...ADA, email: `${name}@example.com` }))
		)
	);
	expect(claims.map((person) => person?.email)).toEqual(['a@example.com', undefined, undefined]);
	expect(setUp.token()).toBe(null);
	expect(await setUp.claim(token, () => auth.addPerson(ADA))).toBe(undefined);
	expect(accounts.people.count()).toBe(1);
});

test('links are kept as hashes, work once, and not past their time', async () => {
	accounts.close();
	let at = Date.now();
	accounts = open(() => at);
	const { invitations, resets, auth } = accounts;
	const { id } = await auth.addPerson(ADA);
	const wanted = {
		email: 'New@Example.com',
		site: 1,
		role: 'author',
		authors: ['Ann'],
		by: id
	} as const;
	const token = invitations.add(wanted);
	const reset = resets.add(id);
	const kept = readFileSync(join(folder.path, 'accounts.sqlite-wal')).toString('latin1');
	expect(kept).not.toContain(token);
	expect(kept).not.toContain(reset);
	expect(invitations.find(token)).toMatchObject({ ...wanted, email: 'new@example.com' });
	expect(resets.find(reset)).toBe(id);
	at += 3_600_000;
	expect(resets.find(reset)).toBe(null);
	expect(resets.take(reset)).toBe(null);
	at += 7 * 86_400_000 - 3_600_001;
	const taken = invitations.take(token);
	expect(taken?.authors).toEqual(['Ann']);
	expect(invitations.take(token)).toBe(null);
	if (taken !== null) invitations.giveBack(token, taken);
	expect(invitations.find(token)).toEqual({ ...taken, id: expect.any(Number) });
	at += 1;
	expect(invitations.find(token)).toBe(null);
	expect(invitations.take(token)).toBe(null);
	expect(invitations.on(1)).toEqual([]);
	const again = resets.add(id);
	expect(resets.add(id)).not.toBe(again);
	expect(resets.find(again)).toBe(null);
});

test('a session ends when its time is over', async () => {
	const { auth } = accounts;
	await auth.addPerson(ADA);
	const answer = await auth.signIn(ADA, new Headers());
	if (answer.outcome !== 'signed_in') throw new Error(answer.outcome);
	const asking = askingWith(answer.cookies);
	vi.useFakeTimers({ now: Date.now() + 30 * 86_400_000 + 1_000, toFake: ['Date'] });
	try {
		expect((await auth.session(asking)).session).toBe(null);
	} finally {
		vi.useRealTimers();
	}
	expect((await auth.session(asking)).session).toBe(null);
});

test('a password is hashed for an address that nobody has, too', async () => {
	const { auth } = accounts;
	await auth.addPerson(ADA);
	const hash = vi.spyOn(crypto, 'scrypt');
	syncBuiltinESMExports();
	try {
		await auth.signIn({ ...ADA, password: 'wrong password' }, new Headers());
		const forKnown = hash.mock.calls.length;
		await auth.signIn({ ...ADA, email: 'nobody@example.com' }, new Headers());
		expect([forKnown, hash.mock.calls.length]).toEqual([1, 2]);
	} finally {
		hash.mockRestore();
		syncBuiltinESMExports();
	}
});

test('the log keeps details of any length short, and of a removed site what was done alone', () => {
	const { audit } = accounts;
	const detail = { export: 'report posts', query: `filter=page:is:/${'🙂'.repeat(400)}` };
	audit.record({ at: 1, actor: 'terminal', site: 7, act: 'exported', detail });
	audit.record({ at: 2, actor: 'terminal', site: 8, act: 'exported', detail });
	const queries = () =>
		audit.list(null, { limit: 10, offset: 0 }).map((entry) => entry.detail['query']);
	expect(queries().map((query) => query?.length)).toEqual([500, 500]);
	expect(queries()[0]).toMatch(/^filter=page:is:\/(🙂)+\ufffd?…$/u);
	accounts.removeSite(7);
	expect(queries()).toEqual([expect.stringContaining('filter='), undefined]);
	const [, kept] = audit.list(null, { limit: 10, offset: 0 });
	expect(kept).toMatchObject({ site: 7, act: 'exported', detail: { export: 'report posts' } });
	const files = ['accounts.sqlite', 'accounts.sqlite-wal'].map((name) =>
		readFileSync(join(folder.path, name)).toString('utf8')
	);
	expect(files.join('').split('filter=')).toHaveLength(2);
});

test('what an older version kept of a provider goes when the file is opened', () => {
	accounts.close();
	const file = join(folder.path, 'accounts.sqlite');
	const database = new DatabaseSync(file);
	database.exec(`insert into "user" values ('u', 'Ada', 'ada@example.com', 1, null, '2026', '2026', 0);
		insert into "account" values ('a', 'olive', 'openid', 'u', 'zq-access', 'zq-refresh', 'zq-id',
			null, null, null, 'zq-hash', '2026', '2026');
		drop index audit_at; pragma user_version = 5;`);
	database.close();
	expect(readFileSync(file).toString('latin1')).toContain('zq-refresh');
	accounts = open();
	accounts.close();
	const kept = readFileSync(file).toString('latin1');
	expect(kept).toContain('zq-hash');
	for (const token of ['zq-access', 'zq-refresh', 'zq-id']) expect(kept).not.toContain(token);
	accounts = open();
});

test('a program that writes to the file for a moment is waited for', async () => {
	const other = await holdDatabase(join(folder.path, 'accounts.sqlite'));
	accounts.audit.record({ at: 1, actor: null, site: null, act: 'signed_in', detail: {} });
	expect(accounts.audit.list(null, { limit: 10, offset: 0 })).toHaveLength(1);
	await other.ended;
});
