/** The sample blog's log as of other days, years apart and over a leap day: nothing may rest on the days of the sample. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openCommands, type CommandsHere } from '../http/commands-here.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { countAccessLog } from '../oracle/access-log-count.ts';
import { temporaryFolder } from '../support/temp.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/data/semicomplete/', import.meta.url));
const SITE = ['--site', 'semicomplete.com'] as const;
const DAYS = [
	['28/Feb/2016', '2016-02-28'],
	['29/Feb/2016', '2016-02-29'],
	['01/Mar/2016', '2016-03-01'],
	['31/Dec/2019', '2019-12-31'],
	['01/Jan/2020', '2020-01-01'],
	['29/Mar/2020', '2020-03-29']
] as const;

const posts = z
	.array(z.object({ path: z.string(), topics: z.array(z.string()) }))
	.parse(JSON.parse(readFileSync(join(SAMPLE, 'posts.json'), 'utf8')));
/** Each line on a day of its own choice, one in eleven left out, so that no two days are alike. */
const log = readFileSync(join(SAMPLE, 'access-2015-05-17-18.log'), 'utf8')
	.split('\n')
	.filter((line, at) => line !== '' && at % 11 !== 3)
	.map((line, at) =>
		line.replace(/\[\d\d\/May\/2015/, `[${DAYS[(at + (at % 5)) % DAYS.length]?.[0] ?? ''}`)
	)
	.join('\n');

const scratch = temporaryFolder('other-days');
let byline: CommandsHere;

beforeAll(async () => {
	const file = join(scratch.path, 'access.log');
	writeFileSync(file, log);
	byline = await openCommands(join(scratch.path, 'data'));
	await byline.ok('site', 'add', 'semicomplete.com', '--timezone', 'UTC');
	await byline.ok('posts', 'sync', ...SITE, '--file', join(SAMPLE, 'posts.json'));
	await byline.ok('import', 'access-log', file, ...SITE);
});
afterAll(async () => {
	await byline.close();
	scratch.remove();
});

test.each<[string, string]>([
	...DAYS.map(([, day]): [string, string] => [day, day]),
	['2016-02-28', '2016-03-01'],
	['2016-02-28', '2020-03-29']
])('%s to %s', async (from, to) => {
	const wanted = countAccessLog(log, posts, from, to);
	const rowsOf = async (report: string) =>
		readCsvRows(await byline.ok('export', report, ...SITE, '--from', from, '--to', to));
	const rows = await rowsOf('posts');
	const got = rows.map((row) => [
		row['path'] ?? '',
		{ pageViews: Number(row['page_views']), readers: Number(row['readers']) }
	]);
	const folded = [...wanted].map(([path, count]) => [path.replace(/\/index\.html$/, ''), count]);
	expect(Object.fromEntries(got)).toEqual(Object.fromEntries(folded));
	expect(rows.some((row) => row['page_views'] !== '0')).toBe(
		[...wanted.values()].some(({ pageViews }) => pageViews > 0)
	);

	const views = new Map<string, number>();
	for (const { path, topics } of posts)
		for (const topic of new Set(topics))
			views.set(topic, (views.get(topic) ?? 0) + (wanted.get(path)?.pageViews ?? 0));
	const topics = (await rowsOf('topics')).map((row) => [
		row['topic'] ?? '',
		Number(row['page_views'])
	]);
	expect(Object.fromEntries(topics)).toEqual(Object.fromEntries(views));
});
