/** Exports as the tools write them: samples of our own with the headers of their exporters. */
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { openCommands, type CommandsHere } from '../http/commands-here.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { temporaryFolder } from '../support/temp.ts';

const scratch = temporaryFolder('import-formats');
let byline: CommandsHere;
let number = 0;

beforeAll(async () => {
	byline = await openCommands(join(scratch.path, 'data'));
	await byline.ok('site', 'add', 'blog.example.com', '--timezone', 'UTC');
});
afterAll(async () => {
	await byline.close();
	scratch.remove();
});

const file = (name: string, content: string | Buffer): string => {
	const path = join(scratch.path, name);
	writeFileSync(path, content);
	return path;
};
async function zip(name: string, entries: Readonly<Record<string, string>>): Promise<string> {
	const made = new ZipFile();
	for (const [entry, text] of Object.entries(entries)) made.addBuffer(Buffer.from(text), entry);
	made.end();
	const path = join(scratch.path, name);
	await pipeline(made.outputStream, createWriteStream(path));
	return path;
}

/** Imports, tells what pages and browsers there are then, and takes the import back. */
async function imported(format: string, ...paths: readonly string[]) {
	const { code, stderr } = await byline.run('import', format, ...paths);
	expect({ code, stderr }).toMatchObject({ code: 0 });
	const rowsOf = async (report: string, column: string) =>
		readCsvRows(
			await byline.ok('export', report, '--from', '2026-07-01', '--to', '2026-07-31')
		).map((row) => `${row[column] ?? ''} ${row['page_views'] ?? ''}/${row['visitors'] ?? ''}`);
	const found = {
		pages: await rowsOf('pages', 'path'),
		browsers: await rowsOf('browsers', 'browser')
	};
	await byline.ok('import', 'remove', String((number += 1)));
	return { ...found, stderr };
}

const UMAMI_HEADER =
	'"website_id","session_id","visit_id","event_id","hostname","browser","os","device","screen","language","country","region","city","url_path","url_query","utm_source","referrer_path","referrer_query","referrer_domain","page_title","event_type","event_name","tag","distinct_id","created_at","job_id"';
const umami = (session: string, event: string, path: string, type: number): string =>
	`w,${session},v,${event},blog.example.com,firefox,Linux,desktop,1920x1080,de-DE,DE,,,${path},,,,,,"A, title",${type},"'=name",,,2026-07-09T01:00:00.000Z,`;

test('Umami: the ZIP file of its export, without what is of no page', async () => {
	const path = await zip('umami.zip', {
		'export/website_event.csv': [
			UMAMI_HEADER,
			umami('s1', 'e1', '/a', 1),
			umami('s2', 'e2', '/a', 1),
			umami('s2', 'e3', '/a', 5)
		].join('\r\n'),
		'export/session_data.csv': 'website_id,session_id,data_key\r\nw,s1,x\r\n'
	});
	const { pages, browsers, stderr } = await imported('umami', path);
	expect(pages).toEqual(['/a 2/2']);
	expect(browsers).toEqual(['Firefox 2/2']);
	expect(stderr).toContain('1 events without a page');
});

test('Umami: tables of its database, the session in a file of its own, in either order', async () => {
	const events = file(
		'website_event.csv',
		'event_id,website_id,session_id,created_at,url_path,url_query,referrer_path,referrer_query,referrer_domain,page_title,event_type,event_name,visit_id\n' +
			'e1,w,s1,2026-07-09 01:00:00.12+00,/a,,,,,A,1,,v1\ne2,w,s2,2026-07-09 01:00:00+00,/b,,,,,B,1,,v2\n'
	);
	const sessions = file(
		'session.csv',
		'session_id,website_id,browser,os,device,screen,language,country,region,city,created_at\n' +
			's1,w,edge-chromium,Windows 10,laptop,1920x1080,de,DE,,,2026-07-09 01:00:00+00\ns2,w,ios,iOS,mobile,,,FR,,,2026-07-09 01:00:00+00\n'
	);
	for (const paths of [
		[events, sessions],
		[sessions, events]
	]) {
		const { pages, browsers } = await imported('umami', ...paths);
		expect([...pages].sort()).toEqual(['/a 1/1', '/b 1/1']);
		expect([...browsers].sort()).toEqual(['Edge 1/1', 'Safari 1/1']);
		// The same files in another order are another import of the same events.
	}
	const alone = await byline.run('import', 'umami', sessions);
	expect(alone).toMatchObject({
		code: 1,
		stderr: expect.stringMatching(/session\.csv comes with the events/)
	});
	number += 1;
});

test.each([
	[
		'1',
		'1Path,Title,Event,Bot,Session,FirstVisit,Referrer,Referrer scheme,Browser,Screen size,Location,Date\n/a,A,false,0,s1,true,,,Firefox 131,"1920,1080,1",DE,2026-07-09T01:00:00Z\n'
	],
	[
		'2',
		'2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date\n/a,A,false,,Firefox 131,Linux,s1,0,,,"1920,1080,1",DE-BE,true,2026-07-09T01:00:00Z\n'
	]
])('GoatCounter, version %s', async (version, text) => {
	const { pages, browsers } = await imported('goatcounter', file(`goat-${version}.csv`, text));
	expect(pages).toEqual(['/a 1/1']);
	expect(browsers).toEqual(['Firefox 1/1']);
});

test('Google Analytics 4: notes in front and a line of totals', async () => {
	const { pages } = await imported(
		'ga4',
		file(
			'ga4.csv',
			'\ufeff# ----------------------------------------\n# Free form 1\n# 20260701-20260731\n# ----------------------------------------\n\nDate,Page path and screen class,Views,Total users\n,,"1,240",9,Grand total\n20260709,/a/,"1,234",8\n20260710,/a?x=1,6,1\n'
		)
	);
	expect(pages).toEqual(['/a 1240/9']);
});

test('Matomo: UTF-16, addresses beside labels, the rest of the list left out', async () => {
	const text =
		'date,label,nb_visits,nb_uniq_visitors,nb_hits,metadata: url\n2026-07-09,/a,3,2,5,https://blog.example.com/a/\n2026-07-09,Others,9,9,9,\n';
	const { pages, stderr } = await imported(
		'matomo',
		file('matomo.csv', Buffer.from(`\ufeff${text}`, 'utf16le'))
	);
	expect(pages).toEqual(['/a 5/2']);
	expect(stderr).toContain('Left out: 1 rows of no public page.');
});

test('Ghost, WordPress and HubSpot: sums of all time stay out of days', async () => {
	const kept = async (format: string, name: string, text: string): Promise<string> => {
		const { pages, stderr } = await imported(format, file(name, text));
		expect(pages).toEqual([]);
		expect(stderr).toContain(
			'These are sums of all time without days: they are kept, and no report counts them.\n'
		);
		return stderr;
	};
	expect(
		await kept(
			'ghost',
			'ghost.csv',
			'id,title,url,author,status,created_at,updated_at,published_at,featured,tags,post_access,email_recipients,newsletter_name,sends,opens,clicks,free_signups,paid_conversions\n1,A,https://blog.example.com/a/,Jo,published,,,,false,,Public,,,,,,4,1\n2,B,https://blog.example.com/p/x/,Jo,draft,,,,false,,Public,,,,,,,\n'
		)
	).toMatch(/2 lines read[^]*Left out: 1 rows of no public page\./);
	expect(
		await kept(
			'wordpress',
			'wp.csv',
			'"Hello, ""world""",12,https://blog.example.com/a/\n"B",3,https://blog.example.com/b/\n'
		)
	).toContain('15 page views, 2 new');
	expect(
		await kept(
			'hubspot',
			'hub.csv',
			'URL;Page views;Submissions\r\nhttps://blog.example.com/a;7;1\r\n'
		)
	).toContain('7 page views, 1 new');
});
