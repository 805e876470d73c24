/** Query parameters that name content, by site: in events, imports, catalogue and imported figures. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand } from '../../analytics/commands/commands.ts';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import { takeBody } from '../../analytics/intake/intake.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { CHROME } from '../http/client.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temp.ts';

const NOW = Date.UTC(2026, 4, 4, 9);
let scratch: TemporaryFolder;
let engine: Engine;

beforeEach(async () => {
	scratch = temporaryFolder('content-params');
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: join(scratch.path, 'data') }),
		now: () => NOW
	});
	await ok('site', 'add', 'blog.example.com');
});
afterEach(async () => {
	await engine.close();
	scratch.remove();
});

async function run(...args: readonly string[]) {
	const said = { out: '', note: '' };
	const code = await runCommand(args, engine, {
		out: (text) => (said.out += text),
		note: (text) => (said.note += text),
		isTerminal: false,
		folder: scratch.path
	});
	return { code, ...said };
}
async function ok(...args: readonly string[]): Promise<string> {
	const { code, out, note } = await run(...args);
	expect(code, note).toBe(0);
	return out;
}
const file = (name: string, text: string): string => {
	writeFileSync(join(scratch.path, name), text);
	return name;
};

async function view(...targets: readonly string[]): Promise<void> {
	const events = targets.map((target) => ({
		n: 'pageview',
		u: `https://blog.example.com${target}`
	}));
	const sender = { ip: '203.0.113.5', userAgent: CHROME };
	expect((await takeBody(JSON.stringify(events), sender, engine.intake)).status).toBe(202);
}

async function viewsBy(report: 'pages' | 'posts', key: string): Promise<unknown> {
	await engine.drain();
	const rows = readCsvRows(
		await ok('export', report, '--from', '2026-04-01', '--to', '2026-05-04')
	);
	const counted = rows.map((row) => [row[key] ?? '', Number(row['page_views'])] as const);
	return Object.fromEntries(counted.filter(([, views]) => views > 0));
}

const logLine = (target: string): string =>
	`198.51.100.7 - - [03/May/2026:10:00:00 +0000] "GET ${target} HTTP/1.1" 200 1 "-" "${CHROME}"\n`;

test('are part of pages in events, logs, exports of tools and the catalogue, and no others are', async () => {
	await ok('site', 'set', 'blog.example.com', '--params', 'story, p');
	expect(await ok('site', 'show', 'blog.example.com')).toContain('params\tp,story\n');
	await ok(
		'posts',
		'sync',
		'--file',
		file(
			'posts.json',
			JSON.stringify([
				{ path: '/read?story=7&utm_source=x', title: 'Seven' },
				{ path: 'https://blog.example.com/read?story=8', title: 'Eight' }
			])
		)
	);
	await view('/read?story=7&fbclid=1', '/read?utm_source=mail&story=8', '/read?id=9');
	await ok(
		'import',
		'access-log',
		file('a.log', logLine('/read?x=1&story=7') + logLine('/read?page_id=3'))
	);
	expect(await viewsBy('posts', 'title')).toEqual({ Seven: 2, Eight: 1 });
	expect(await viewsBy('pages', 'path')).toEqual({
		'/read?story=7': 2,
		'/read?story=8': 1,
		'/read': 2
	});
});

test('one that is taken away goes from all history, and comes back with what events kept', async () => {
	await ok('site', 'set', 'blog.example.com', '--params', 'story');
	await view('/read?story=7', '/read?story=8');
	await ok('site', 'set', 'blog.example.com', '--params', '');
	expect(await viewsBy('pages', 'path')).toEqual({ '/read': 2 });
	await view('/read?story=9');
	expect(await viewsBy('pages', 'path')).toEqual({ '/read': 3 });
	await ok('site', 'set', 'blog.example.com', '--params', 'story,other');
	await view('/read?other=1');
	expect(await viewsBy('pages', 'path')).toEqual({
		'/read?story=7': 1,
		'/read?story=8': 1,
		'/read?other=1': 1,
		// What was dropped when it came is not known.
		'/read': 1
	});
	expect((await run('verify')).code).toBe(0);
});

test.each(['utm_source', 'a&b', 'é'])('--params %s is refused in one sentence', async (given) => {
	const { code, note } = await run('site', 'set', 'blog.example.com', '--params', given);
	expect(code).toBe(1);
	expect(note).toMatch(/^byline: --params is [^\n]*\n$/);
});

test('rules for pages hold for what other tools counted too, whichever came first', async () => {
	const ga = (name: string, page: string): string =>
		file(name, `Date,Page path,Views\n20260410,${page},10\n20260410,${page}?story=7,5\n`);
	await ok(
		'posts',
		'sync',
		'--file',
		file(
			'posts.json',
			JSON.stringify([
				{ path: '/a.html', title: 'A' },
				{ path: '/b', title: 'B' }
			])
		)
	);
	await ok('import', 'ga4', ga('before.csv', '/a'));
	expect(await viewsBy('posts', 'title')).toEqual({});
	await ok('site', 'set', 'blog.example.com', '--html', 'fold');
	expect(await viewsBy('posts', 'title')).toEqual({ A: 15 });
	await ok('import', 'ga4', file('after.csv', 'Date,Page path,Views\n20260411,/b.html,3\n'));
	expect(await viewsBy('posts', 'title')).toEqual({ A: 15, B: 3 });
	await ok('site', 'set', 'blog.example.com', '--html', 'keep');
	expect(await viewsBy('posts', 'title')).toEqual({});
});
