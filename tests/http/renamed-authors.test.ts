import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { AUTHOR, canariesIn, CO_AUTHOR } from '../support/canary-blog.ts';
import {
	emailOf,
	makeCanaryInstallation,
	PASSWORD,
	SHARED
} from '../support/canary-installation.ts';
import { cookieOf, sendForm } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';
import { bylineOk } from './byline-command.ts';
import { ask } from './client.ts';

/** Who is renamed below; nobody is called so at first. */
const RENAMED = 'Ines Newname';
const OTHERS = 'kanarie author';

const folder = temporaryFolder('renamed-authors');
let server: TestServer;
let owner: string;
/** How the posts of one author are asked for: by the site's name, and what shows who asks. */
const ways = new Map<string, { readonly site: string; readonly headers: Record<string, string> }>();

beforeAll(async () => {
	await makeCanaryInstallation(folder.path);
	server = await startServer({ dataDir: folder.path });
	const { cookies } = await server.storageState();
	owner = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	const form = { email: emailOf('author'), password: PASSWORD };
	const signedIn = await sendForm(`${server.url}/sign-in?/password`, form);
	ways.set('a role', { site: SHARED, headers: { cookie: cookieOf(signedIn) } });
	const key = await command('key', 'add', 'Hers', '--may', 'reports', '--author', AUTHOR);
	ways.set('a key', {
		site: SHARED,
		headers: { cookie: '', authorization: `Bearer ${key.trim()}` }
	});
	for (const [name, filter] of [
		['a link', `author:is:${AUTHOR}`],
		['a link that leaves others out', `author:is_not:${OTHERS}`]
	] as const)
		ways.set(name, { site: await link(filter), headers: { cookie: '' } });
});
afterAll(async () => {
	await server.stop();
	folder.remove();
});

const command = (...words: readonly string[]): Promise<string> =>
	bylineOk(folder.path, ...words, '--site', SHARED);

async function send(action: string, fields: Readonly<Record<string, string>>): Promise<string> {
	const answer = await sendForm(`${server.url}/${SHARED}/settings/${action}`, fields, owner);
	expect([action, answer.status]).toEqual([action, 200]);
	return answer.text();
}

const rename = (from: string, to: string): Promise<string> =>
	send('names?/rename', { kind: 'author', from, to });

/** Takes back every renaming that holds, the newest first. */
async function undoAll(): Promise<void> {
	const text = await page(`/${SHARED}/settings/names`, { cookie: owner });
	for (const [, change = ''] of text.matchAll(/name="change" value="(\d+)"/g))
		await send('names?/undo', { change });
}

/** Makes a link by the form, as an owner does; answers what stands for the site in addresses. */
async function link(filter: string): Promise<string> {
	const query = new URLSearchParams({ filter }).toString();
	const text = await send(`links?/add&${query}`, {
		name: 'Hers',
		screen: 'site',
		filters: 'address',
		expires: '0'
	});
	const [, token] = /\/share\/([\w-]{32})/.exec(text) ?? [];
	if (token === undefined) throw new Error('No link was made.');
	return `share:${token}`;
}

const result = z.object({
	rows: z.array(z.record(z.string(), z.unknown())),
	totals: z.record(z.string(), z.unknown()),
	query: z.object({ scope: z.object({ band: z.boolean() }).optional() })
});

async function report(way: string, id: string) {
	const { site, headers } = ways.get(way) ?? { site: '', headers: {} };
	const answer = await ask(
		`${server.url}/api/reports/${id}?site=${site}&from=2026-03-01&to=2026-03-20`,
		{ headers }
	);
	expect(answer.status).toBe(200);
	return result.parse(JSON.parse(answer.text));
}

/** The posts that are seen with their figures, and their authors. */
async function seen(way: string) {
	const { rows, totals } = await report(way, 'posts');
	expect(canariesIn({ rows, totals })).toEqual([]);
	return {
		figures: rows.map(({ post_id, page_views, subscribes }) => [post_id, page_views, subscribes]),
		totals: totals['page_views'],
		authors: [...new Set(rows.flatMap(({ authors }) => authors))].toSorted()
	};
}

const page = async (path: string, headers: Record<string, string>): Promise<string> =>
	(await ask(server.url + path, { headers })).text;

const WAYS = ['a role', 'a key', 'a link', 'a link that leaves others out'] as const;
const seenByAll = (): Promise<readonly Awaited<ReturnType<typeof seen>>[]> =>
	Promise.all(WAYS.map(seen));

test('an author who is renamed, merged and called as before has the same posts', async () => {
	const before = await seenByAll();
	for (const { figures, authors } of before) {
		expect(figures).toHaveLength(4);
		expect(authors).toEqual([AUTHOR, CO_AUTHOR]);
	}
	await rename(AUTHOR, RENAMED);
	expect(await seenByAll()).toEqual(
		before.map((each) => ({ ...each, authors: [RENAMED, CO_AUTHOR] }))
	);
	// All posts of this one are written with her.
	await rename(RENAMED, CO_AUTHOR);
	expect(await seenByAll()).toEqual(before.map((each) => ({ ...each, authors: [CO_AUTHOR] })));
	await undoAll();
	expect(await seenByAll()).toEqual(before);
});

test('nothing of others is seen when they are renamed', async () => {
	const before = await seenByAll();
	await rename(OTHERS, 'Somebody Else');
	expect(await seenByAll()).toEqual(before);
	await undoAll();
});

test('screens say what the author is called now', async () => {
	await rename(AUTHOR, RENAMED);
	for (const tab of ['people', 'keys', 'links']) {
		const text = await page(`/${SHARED}/settings/${tab}`, { cookie: owner });
		expect([tab, text.includes(RENAMED)]).toEqual([tab, true]);
	}
	const { headers = {} } = ways.get('a role') ?? {};
	expect((await page('/account', headers)).includes(`as ${RENAMED}`)).toBe(true);
	const { site = '' } = ways.get('a link') ?? {};
	const shared = await page(`/share/${site.slice('share:'.length)}`, { cookie: '' });
	const ofLink = /aria-label="Filters of this link".*?<\/ul>/s.exec(shared)?.[0];
	expect(ofLink).toContain(RENAMED);
	await undoAll();
});

test.each(['a role', 'a key'])(
	'%s has the typical band where the site lets authors see it',
	async (way) => {
		const band = async (setting: string): Promise<unknown> => {
			expect(
				(await sendForm(`${server.url}/${SHARED}/settings?/authors`, { band: setting }, owner))
					.status
			).toBe(200);
			return (await report(way, 'posts')).query.scope?.band;
		};
		expect(await band('hide')).toBe(false);
		expect(await band('show')).toBe(true);
	}
);
