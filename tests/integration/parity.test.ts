import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { openCommands, type CommandsHere } from '../http/commands-here.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { temporaryFolder } from '../support/temp.ts';

const SITE = 'blog.example.com';
const CHROME =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

/** Page views that the log holds: day of July, second of the day, last part of the address, path. */
const HITS = [
	[1, 0, 1, '/a'],
	[1, 5, 1, '/old'],
	[1, 60, 2, '/a'],
	[2, 0, 1, '/a'],
	[2, 9, 3, '/new'],
	// A day of which the other tool knows nothing.
	[3, 0, 4, '/a']
] as const;

/** What the other tool counted of the first two days, and of one on which nothing was logged. */
const SITE_DAYS = [
	['2026-07-01', 2, 4, 1, 2, 5],
	['2026-07-02', 2, 2, 2, 2, 0],
	['2026-07-04', 9, 9, 9, 9, 0]
] as const;
const PAGE_DAYS = [
	['2026-07-01', SITE, '/a', 2, 2, 3],
	['2026-07-01', SITE, '/new', 1, 1, 1],
	['2026-07-02', SITE, '/a', 1, 1, 1],
	['2026-07-02', SITE, '/new', 1, 1, 1],
	['2026-07-04', SITE, '/a', 9, 9, 9]
] as const;

const scratch = temporaryFolder('parity');
let commands: CommandsHere;

beforeAll(async () => {
	commands = await openCommands(join(scratch.path, 'blog'));
});
afterAll(async () => {
	await commands.close();
	scratch.remove();
});

const file = (name: string, content: string): string => {
	const path = join(scratch.path, name);
	writeFileSync(path, content);
	return path;
};

const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
	[header, ...rows.map((row) => row.join(','))].join('\n');

async function plausibleExport(): Promise<string> {
	const zip = new ZipFile();
	const add = (name: string, text: string) =>
		zip.addBuffer(Buffer.from(text), `imported_${name}_20260701_20260704.csv`);
	add('visitors', csv('date,visitors,pageviews,bounces,visits,visit_duration', SITE_DAYS));
	add('pages', csv('date,hostname,page,visits,visitors,pageviews', PAGE_DAYS));
	zip.end();
	const path = join(scratch.path, 'export.zip');
	await pipeline(Readable.from(zip.outputStream), createWriteStream(path));
	return path;
}

test('what a tool counted stands beside what was counted here on the same days, by post and with its cause', async () => {
	await commands.ok('site', 'add', SITE, '--timezone', 'UTC');
	const posts = [{ path: '/new', title: 'Moved', former_paths: ['/old'] }];
	await commands.ok('posts', 'sync', '--file', file('posts.json', JSON.stringify(posts)));
	const lines = HITS.map(
		([day, second, address, path]) =>
			`203.0.113.${address} - - [0${day}/Jul/2026:10:0${Math.floor(second / 60)}:0${second % 60} +0000] "GET ${path} HTTP/1.1" 200 512 "-" "${CHROME}"`
	);
	await commands.ok('import', 'access-log', file('access.log', lines.join('\n')));
	await commands.ok('import', 'plausible', await plausibleExport());
	const listed = await commands.ok('import', 'list');
	const id = /^(\d+)\t[^\n]*plausible/m.exec(listed)?.[1] ?? '';

	const rows = readCsvRows(await commands.ok('import', 'parity', id));
	const figures = rows.map((row) =>
		[row['metric'], row['path'], row['imported'], row['byline'], row['difference']].join(' ')
	);
	expect(figures).toEqual([
		'visitors  4 4 0',
		'visits  4 4 0',
		'page_views  6 5 -1',
		'bounces  3 3 0',
		'page_views /a 4 3 -1',
		'page_views /new 2 2 0'
	]);
	for (const row of rows) expect(row['cause'] === '').toBe(row['difference'] === '0');
});

test('a log beside events of the same days: both are compared, and what counts twice is said before', async () => {
	const domain = 'tracked.example.com';
	await commands.ok('site', 'add', domain, '--timezone', 'UTC');
	const { engine } = commands;
	const site = engine.reports.site(domain);
	if (site === null) throw new Error('There is no site.');
	const views = [
		[1, 0, 'a', '/x'],
		[1, 60, 'a', '/x'],
		// After a pause of more than 30 minutes: another visit.
		[1, 2_000, 'a', '/y'],
		[2, 0, 'b', '/x']
	] as const;
	await engine.store.appendImport([
		views.map(([day, second, visitor, page], at) => {
			const ts = Date.UTC(2026, 7, day, 10) + second * 1_000;
			return JSON.stringify({
				id: `own-${at}`,
				site: site.id,
				ts,
				received: ts,
				day: `2026-08-0${day}`,
				hour: 10,
				visitor: `000000000000000${visitor}`,
				name: 'pageview',
				page,
				hostname: domain,
				source: 'Direct',
				channel: 'Direct'
			});
		})
	]);
	await engine.store.settle();
	const lines = ['/x', '/x', '/z'].map(
		(path, at) =>
			`203.0.113.${at} - - [01/Aug/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 512 "-" "${CHROME}"\n`
	);
	const later = `203.0.113.9 - - [03/Aug/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 512 "-" "${CHROME}"\n`;
	const path = file('tracked.log', lines.join('') + later);
	const said =
		'Byline has events of its own on 2 of these days: readers whom both saw count twice.\n';
	const preview = await commands.run('import', 'access-log', path, '--site', domain, '--preview');
	expect(preview.stderr).toContain(said);
	const { stderr } = await commands.run('import', 'access-log', path, '--site', domain);
	expect(stderr).toContain(said);
	const id = /Import (\d+)\.\n$/.exec(stderr)?.[1] ?? '';
	const rows = readCsvRows(await commands.ok('import', 'parity', id));
	expect(
		rows.map((row) =>
			[row['metric'], row['path'], row['imported'], row['byline'], row['difference']].join(' ')
		)
	).toEqual([
		'visitors  3 1 -2',
		'visits  3 2 -1',
		'page_views  3 3 0',
		'page_views /y 0 1 1',
		'page_views /z 1 0 -1',
		'page_views /x 2 2 0'
	]);
	for (const row of rows) expect(row['cause'] === '').toBe(row['difference'] === '0');
});

test('figures of days that Byline counted itself are said to be for comparison alone', async () => {
	const domain = 'late.example.com';
	await commands.ok('site', 'add', domain, '--timezone', 'UTC');
	const log = `203.0.113.1 - - [02/Jul/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "${CHROME}"\n`;
	await commands.ok('import', 'access-log', file('late.log', log), '--site', domain);
	const ga4 = (...days: readonly string[]) =>
		file(
			'ga4.csv',
			csv(
				'Date,Page path,Views',
				days.map((day) => [day, '/a', 1])
			)
		);
	const said = async (path: string) =>
		(await commands.run('import', 'ga4', path, '--site', domain, '--preview')).stderr;
	expect(await said(ga4('20260701', '20260702'))).toContain(
		'Reports count them until 2026-07-01: from 2026-07-02 on they have events of their own.\n'
	);
	expect(await said(ga4('20260702'))).toContain(
		'Reports do not count them: from 2026-07-02 on they have events of their own.\n'
	);
	expect(await said(ga4('20260701'))).not.toContain('Reports');
});
