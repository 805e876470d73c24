import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import { openCommands, type CommandsHere } from '../http/commands-here.ts';
import { readCsv } from '../http/read-csv.ts';
import { temporaryFolder } from '../support/temp.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/data/semicomplete/', import.meta.url));
/** From the days that another tool counted to those of the log. */
const DAYS = ['--from', '2015-05-14', '--to', '2015-05-18'] as const;

const scratch = temporaryFolder('site-export');
const open = new Map<string, CommandsHere>();
async function commandsOf(dataDir: string): Promise<CommandsHere> {
	const commands = open.get(dataDir) ?? (await openCommands(dataDir));
	open.set(dataDir, commands);
	return commands;
}
const byline = async (dataDir: string, ...args: readonly string[]) =>
	(await commandsOf(dataDir)).run(...args);
const bylineOk = async (dataDir: string, ...args: readonly string[]) =>
	(await commandsOf(dataDir)).ok(...args);
afterAll(async () => {
	for (const commands of open.values()) await commands.close();
	scratch.remove();
});

async function reports(dataDir: string): Promise<Readonly<Record<string, string>>> {
	const all: Record<string, string> = {};
	for (const id of REPORT_IDS) {
		const result = await byline(dataDir, 'export', id, ...DAYS);
		expect(result.code, result.stderr).toBe(0);
		all[id] = result.stdout;
	}
	return all;
}

test(
	'a site read by another installation has the same reports, facts and imports',
	{ timeout: 240_000 },
	async () => {
		const from = join(scratch.path, 'from');
		const to = join(scratch.path, 'to');
		const folder = join(scratch.path, 'site');
		await bylineOk(from, 'site', 'add', 'semicomplete.com', '--timezone', 'Europe/Berlin');
		await bylineOk(from, 'site', 'alias', 'add', 'semicomplete.com', 'www2.semicomplete.com');
		await bylineOk(from, 'site', 'goal', 'add', 'semicomplete.com', 'Sign up', '--as', 'subscribe');
		const catalogue = join(scratch.path, 'posts.json');
		const listed = z
			.array(z.looseObject({ path: z.string() }))
			.parse(JSON.parse(readFileSync(join(SAMPLE, 'posts.json'), 'utf8')));
		writeFileSync(catalogue, JSON.stringify(listed.map((each) => ({ ...each, comment_count: 5 }))));
		await bylineOk(from, 'posts', 'sync', '--file', catalogue);
		const log = join(SAMPLE, 'access-2015-05-17-18.log');
		await bylineOk(from, 'import', 'access-log', log);
		const figures = join(scratch.path, 'ga4.csv');
		const { path: first } = listed[0] ?? { path: '/' };
		writeFileSync(
			figures,
			`Date,Page path,Views,Total users\n20150514,${first},30,9\n20150515,/other,5,4\n`
		);
		await bylineOk(from, 'import', 'ga4', figures);
		await bylineOk(from, 'posts', 'set', first, '--title', 'By hand');
		await bylineOk(from, 'posts', 'merge', listed[1]?.path ?? '', listed[2]?.path ?? '');
		await bylineOk(from, 'topics', 'rename', 'perl', 'Perl and more');
		await bylineOk(
			from,
			'posts',
			'schedule',
			'--feed',
			'https://semicomplete.com/feed',
			'--every',
			'6'
		);
		const engineOf = async (dataDir: string) => (await commandsOf(dataDir)).engine;
		const [there] = (await engineOf(from)).registry.sites();
		const [post] = there === undefined ? [] : (await engineOf(from)).posts(there);
		if (there === undefined || post === undefined) throw new Error('There is no post.');
		(await engineOf(from)).registry.commentCounts.restore(there, [
			{ post: post.id, day: '2015-05-17', count: 2, growth: 0 },
			{ post: post.id, day: '2015-05-18', count: 5, growth: 3 }
		]);
		const filters = [`post:is:${post.id}`, 'topic:is_not:linux'];
		(await engineOf(from)).segments.add(there, { name: 'Mine', filters }, 0);
		await bylineOk(from, 'export', 'site', folder);

		await bylineOk(to, 'import', 'site', folder);
		const reported = await reports(from);
		expect(await reports(to)).toEqual(reported);
		expect(reported['overview']).toMatch(/^2015-05-14,[^\r]*,30,/m);
		expect(reported['topics']).toContain('Perl and more');
		expect(reported['posts']).toContain(',By hand,');
		const [head = [], ...rows] = readCsv(reported['posts'] ?? '');
		expect(rows.map((row) => row[head.indexOf('comments')])).toContain('3');
		const [here] = (await engineOf(to)).registry.sites();
		if (here === undefined) throw new Error('There is no site.');
		expect((await engineOf(to)).segments.list(here)).toMatchObject([{ name: 'Mine', filters }]);
		expect((await engineOf(to)).registry.sync(here)).toMatchObject({
			kind: 'feed',
			url: 'https://semicomplete.com/feed',
			everyHours: 6
		});
		expect(await bylineOk(to, 'import', 'list')).toBe(await bylineOk(from, 'import', 'list'));
		expect(await bylineOk(to, 'export', 'catalogue')).toBe(
			await bylineOk(from, 'export', 'catalogue')
		);
		expect(await bylineOk(to, 'site', 'goal', 'list', 'semicomplete.com')).toContain('Sign up');
		const files = [from, to].map((dataDir) => join(dataDir, 'events.csv'));
		for (const [index, dataDir] of [from, to].entries())
			await bylineOk(dataDir, 'export', 'events', files[index] ?? '');
		const [one = '', second] = files.map((path) => readFileSync(path, 'utf8'));
		expect(one.split('\n').length).toBeGreaterThan(500);
		expect(second).toBe(one);
		expect((await byline(to, 'import', 'access-log', log)).stderr).toContain(' 0 new');
		expect((await byline(to, 'verify')).code).toBe(0);
		const again = await byline(to, 'import', 'site', folder);
		expect(again).toMatchObject({ code: 1 });
		expect(again.stderr).toMatch(/^byline: The site semicomplete\.com exists already\.\n$/);
	}
);

test('an export that is damaged leaves nothing behind', { timeout: 120_000 }, async () => {
	const from = join(scratch.path, 'whole');
	const to = join(scratch.path, 'none');
	const folder = join(scratch.path, 'damaged');
	await bylineOk(from, 'site', 'add', 'blog.example.com');
	await bylineOk(from, 'export', 'site', folder);
	const parquet = join(folder, 'events.parquet');
	const whole = readFileSync(parquet);
	writeFileSync(parquet, 'no table');
	const refused = await byline(to, 'import', 'site', folder);
	expect(refused.code).toBe(1);
	expect(refused.stderr).toMatch(/^byline: [^\n]*damaged[^\n]*\n$/);
	expect(await bylineOk(to, 'site', 'list')).toBe('');
	writeFileSync(parquet, whole);
	await bylineOk(to, 'import', 'site', folder);
	expect(await bylineOk(to, 'site', 'list')).toContain('blog.example.com');
});
