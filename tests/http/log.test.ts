import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask, CHROME } from './client.ts';
import { peopleOf, type PeopleOfServer } from './people.ts';
import { BLOG, startBlog } from './start-blog.ts';

const LOG = `/${BLOG}/settings/log`;
const EXPORTS = `/${BLOG}/settings/exports`;

let server: TestServer;
let people: PeopleOfServer;
beforeAll(async () => {
	server = await startBlog([{ path: '/a', title: 'By Ann', authors: ['Ann'] }]);
	people = await peopleOf(server);
});
afterAll(() => server.stop());

const textOf = (html: string): string =>
	html
		.replace(/<[^>]*>/g, '')
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.trim();
/** Who did what about what, the newest first. */
const entries = async (): Promise<string[][]> => {
	const page = await (await people.get(LOG, people.owner)).text();
	return [...page.matchAll(/<tr>(?:(?!<\/tr>)[^])*<\/tr>/g)]
		.map(([row]) => [...row.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, cell]) => cell ?? ''))
		.filter((cells) => cells.length === 4)
		.map(([, ...cells]) => cells.map(textOf));
};
const newest = async (): Promise<string[] | undefined> => (await entries())[0];
const made = async (form: string, fields: Record<string, string>): Promise<string> =>
	(await people.post(`/${BLOG}/settings/${form}?/add`, fields, people.owner)).text();
const csv = (site: string, more = ''): string => `/api/reports/posts.csv?site=${site}${more}`;
const byKey = (text: string, path: string) =>
	ask(server.url + path, { headers: { authorization: `Bearer ${text}`, cookie: undefined } });

test.each([
	['events.csv', 'Exported the table Events as CSV'],
	['visits.parquet', 'Exported the table Visits as Parquet'],
	['catalogue.json', 'Exported the catalogue'],
	['site.zip', 'Exported the whole site']
])('who takes %s away is written down', async (file, what) => {
	const answer = await people.get(`${EXPORTS}/${file}`, people.owner);
	expect(answer.status).toBe(200);
	await answer.arrayBuffer();
	expect(await newest()).toEqual(['Olive Owner', what, BLOG]);
});

test('a report as CSV is written down with what was asked for', async () => {
	const asked = '&period=7d&filter=author:is:Ann%20%26%20Bo';
	expect((await people.get(csv(BLOG, asked), people.owner)).status).toBe(200);
	expect(await newest()).toEqual([
		'Olive Owner',
		'Exported the report Posts as CSV',
		`${BLOG} · period=7d&filter=author:is:Ann & Bo`
	]);
	const long = `&period=30d&filter=author:is:${'x'.repeat(900)}`;
	expect((await people.get(csv(BLOG, long), people.owner)).status).toBe(200);
	const about = (await newest())?.[2] ?? '';
	expect(about).toMatch(/period=30d&filter=author:is:x+…$/);
	expect(about.length).toBeLessThanOrEqual(`${BLOG} · `.length + 500);
});

test('what takes nothing away is not', async () => {
	const before = await entries();
	const { owner } = people;
	expect((await people.get(`/api/reports/posts?site=${BLOG}&period=7d`, owner)).status).toBe(200);
	expect((await people.get(csv(BLOG, '&period=never'), owner)).status).toBe(400);
	expect((await people.get(`${EXPORTS}/nothing.csv`, owner)).status).toBe(404);
	expect((await people.get(csv(BLOG))).status).toBe(401);
	for (const path of [csv(BLOG), `${EXPORTS}/catalogue.json`]) {
		const answer = await ask(server.url + path, { method: 'HEAD', headers: { cookie: owner } });
		expect(answer.status).toBe(200);
	}
	expect(await entries()).toEqual(before);
});

test('keys and links stand there by name, and never with what opens them', async () => {
	const fields = { name: 'Weekly sheet', expires: '0' };
	const key =
		/byline_[\w-]{32}/.exec(await made('keys', { ...fields, scope: 'reports' }))?.[0] ?? '';
	expect((await byKey(key, csv(BLOG, '&period=7d'))).status).toBe(200);
	expect(await newest()).toEqual([
		`The API key “Weekly sheet” (${key.slice(0, 11)}…)`,
		'Exported the report Posts as CSV',
		`${BLOG} · period=7d`
	]);
	const page = await made('links', { ...fields, name: 'For Bo', screen: 'site', filters: '' });
	const token = /\/share\/([\w-]{32})/.exec(page)?.[1] ?? '';
	expect((await people.get(csv(`share:${token}`, '&period=7d'))).status).toBe(200);
	expect(await newest()).toEqual([
		`The share link “For Bo” (${token.slice(0, 4)}…)`,
		'Exported the report Posts as CSV',
		`${BLOG} · period=7d`
	]);
	for (let times = 0; times < 5; times += 1)
		expect((await people.get(csv(`share:${token}`, '&period=28d'))).status).toBe(200);
	const ofLink = (await entries()).filter(([who]) => who?.includes('“For Bo”'));
	// Two where the hour ended meanwhile.
	expect(ofLink.length).toBeLessThanOrEqual(2);
	const kept = readdirSync(server.dataDir)
		.filter((name) => name.startsWith('accounts.sqlite'))
		.map((name) => readFileSync(join(server.dataDir, name)).toString('latin1'))
		.join('');
	expect(kept).toContain('Weekly sheet');
	for (const secret of [key, token]) expect(kept).not.toContain(secret.slice(12));
});

test('what the command line does is the terminal’s', async () => {
	const command = (...args: string[]): Promise<string> => bylineOk(server.dataDir, ...args);
	const into = (name: string): string => join(server.dataDir, name);
	const about = async (...args: string[]): Promise<string[]> => {
		await command(...args);
		const [who = '', ...rest] = (await newest()) ?? [];
		expect(who).toBe('The terminal');
		return rest;
	};
	const period = ['--period', '7d'];
	expect(await about('export', 'topics', ...period)).toEqual([
		'Exported the report Topics as CSV',
		`${BLOG} · period=7d`
	]);
	expect(await about('export', 'events', into('e.parquet'), '--format', 'parquet')).toEqual([
		'Exported the table Events as Parquet',
		BLOG
	]);
	expect(await about('export', 'facts', 'views', into('v.csv'))).toEqual([
		'Exported the table Views as CSV',
		BLOG
	]);
	expect(await about('export', 'catalogue')).toEqual(['Exported the catalogue', BLOG]);
	expect(await about('export', 'site', into('copy'))).toEqual(['Exported the whole site', BLOG]);
	expect(await about('backup', into('backup'))).toEqual(['Exported a backup of everything', '']);
	expect(await about('site', 'add', 'second.example.com')).toEqual([
		'Added the site',
		'second.example.com'
	]);
	expect(await about('site', 'remove', 'second.example.com', '--yes')).toEqual([
		'Deleted a site',
		'second.example.com'
	]);
});

test('an import that is taken back is written down, by whichever way', async () => {
	const file = join(server.dataDir, 'access.log');
	const take = async (path: string): Promise<string> => {
		writeFileSync(
			file,
			`198.51.100.7 - - [03/Mar/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 512 "-" "${CHROME}"\n`
		);
		await bylineOk(server.dataDir, 'import', 'access-log', file, '--site', BLOG);
		return (await bylineOk(server.dataDir, 'import', 'list')).split('\t')[0] ?? '';
	};
	const first = await take('/a');
	const answer = await people.post(`/${BLOG}/settings/imports/${first}/remove`, {}, people.owner);
	expect(answer.status).toBe(303);
	await expect
		.poll(newest, { timeout: 20_000 })
		.toEqual(['Olive Owner', `Removed import ${first} (access-log, 1 row)`, BLOG]);
	const second = await take('/b');
	await bylineOk(server.dataDir, 'import', 'remove', second);
	expect(await newest()).toEqual([
		'The terminal',
		`Removed import ${second} (access-log, 1 row)`,
		BLOG
	]);
});

test('where the dashboard is only looked at, nothing is', async () => {
	await using demo = await startServer({ script: 'tests/http/read-only-server.ts' });
	await bylineOk(demo.dataDir, 'site', 'add', BLOG);
	for (const path of [csv(BLOG, '&period=7d'), `${EXPORTS}/catalogue.json`])
		expect((await fetch(demo.url + path)).status).toBe(200);
	const database = new DatabaseSync(join(demo.dataDir, 'accounts.sqlite'), { readOnly: true });
	const acts = database.prepare('select act from audit').all();
	database.close();
	expect(acts).toEqual([expect.objectContaining({ act: 'site_added' })]);
});
