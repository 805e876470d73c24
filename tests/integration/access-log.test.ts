import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countAccessLog } from '../oracle/access-log-count.ts';
import { byline, bylineOk } from '../http/byline-command.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { runServer, startServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/data/semicomplete/', import.meta.url));
const LOG = join(SAMPLE, 'access-2015-05-17-18.log');
const POSTS = join(SAMPLE, 'posts.json');
const SITE = ['--site', 'semicomplete.com'] as const;
const DAYS = ['--from', '2015-05-17', '--to', '2015-05-18'] as const;
const REPORTS = ['sources', 'posts'] as const;

const scratch = temporaryFolder('access-log');
afterAll(scratch.remove);

const read = (file: string): string => {
	if (!existsSync(file))
		throw new Error(
			`${file} is missing: this test needs the sample data in ../shared/data beside the repository.`
		);
	return readFileSync(file, 'utf8');
};

const file = (name: string, content: string | Buffer): string => {
	const path = join(scratch.path, name);
	writeFileSync(path, content);
	return path;
};

const folder = (name: string): string => join(scratch.path, name);

/** A data folder with the site and its catalogue, and nothing read yet. */
function newBlog(name: string): string {
	cpSync(folder('empty'), folder(name), { recursive: true });
	return folder(name);
}

const exported = (dataDir: string, report: string = 'posts'): Promise<string> =>
	bylineOk(dataDir, 'export', report, ...SITE, ...DAYS);

const importing = (dataDir: string, ...files: readonly string[]) =>
	byline(dataDir, 'import', 'access-log', ...files, ...SITE);

/** The same order in every run. */
function shuffled<T>(items: readonly T[]): readonly T[] {
	let state = 7;
	return items
		.map((item) => {
			state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
			return { item, key: state };
		})
		.sort((a, b) => a.key - b.key)
		.map(({ item }) => item);
}

let log: string;
let catalogue: readonly { readonly path: string }[];
let blog: string;
/** Every report above as CSV, straight after the import. */
let before: Readonly<Record<(typeof REPORTS)[number], string>>;

async function expectSame(dataDir: string): Promise<void> {
	for (const report of REPORTS)
		expect(await exported(dataDir, report), report).toBe(before[report]);
}

beforeAll(async () => {
	log = read(LOG);
	catalogue = JSON.parse(read(POSTS)) as typeof catalogue;
	await bylineOk(folder('empty'), 'site', 'add', 'semicomplete.com', '--timezone', 'UTC');
	cpSync(folder('empty'), folder('late'), { recursive: true });
	await bylineOk(folder('empty'), 'posts', 'sync', ...SITE, '--file', POSTS);
	blog = newBlog('blog');
	const result = await importing(blog, LOG);
	expect(result).toMatchObject({ code: 0, stdout: '' });
	expect(result.stderr).toContain('4,525 lines read');
	before = {
		sources: await exported(blog, 'sources'),
		posts: await exported(blog)
	};
});

describe('the log of a real blog', () => {
	test.each([
		['2015-05-17', '2015-05-18'],
		['2015-05-18', '2015-05-18']
	])('counts per post what a plain count of the lines gives, %s to %s', async (from, to) => {
		const csv = await bylineOk(blog, 'export', 'posts', ...SITE, '--from', from, '--to', to);
		const rows = readCsvRows(csv);
		const wanted = countAccessLog(log, catalogue, from, to);
		const got = new Map(
			rows.map((row) => [
				row['path'] ?? '',
				{ pageViews: Number(row['page_views']), readers: Number(row['readers']) }
			])
		);
		expect(got.size).toBe(rows.length);
		// The canonical path of an index.html is its folder.
		const folded = [...wanted].map(([path, count]) => [path.replace(/\/index\.html$/, ''), count]);
		expect(Object.fromEntries(got)).toEqual(Object.fromEntries(folded));
		expect(rows.filter((row) => row['page_views'] !== '0').length).toBeGreaterThan(25);
	});

	test('knows no reading of imported lines, and no zero where it knows nothing', () => {
		const rows = readCsvRows(before.posts);
		expect(new Set(rows.map((row) => row['reads']))).toEqual(new Set(['0']));
		expect(new Set(rows.map((row) => row['read_ratio']))).toEqual(new Set(['']));
	});

	test('importing it again changes nothing', async () => {
		const again = await importing(blog, LOG);
		expect(again.code).toBe(0);
		expect(again.stderr).toMatch(/\b0 new\b/);
		await expectSame(blog);
	});

	test('verify says equal, and rebuild changes nothing', async () => {
		const verified = await byline(blog, 'verify', ...SITE);
		expect(verified.code).toBe(0);
		const [views = '', ...facts] = verified.stdout.trimEnd().split('\n');
		expect(views).toMatch(/^page_views\t(\d+) in events, \1 in facts, \1 in reports\tequal$/);
		expect(facts.length).toBeGreaterThanOrEqual(4);
		for (const fact of facts) expect(fact).toMatch(/^\w+\t\d+ rows\tequal$/);
		expect(verified.stdout).toMatch(/^visits\t[1-9]\d* rows/m);
		await bylineOk(blog, 'rebuild', ...SITE);
		await expectSame(blog);
	});

	test('catalogue read after the log, gzip, and two shuffled halves give the same', async () => {
		const lines = log.trimEnd().split('\n');
		const mixed = shuffled(lines);
		const half = Math.ceil(mixed.length / 2);
		const first = file('first.log', `${mixed.slice(0, half).join('\n')}\n`);
		// The second half is gzip, ends its lines as Windows does and lacks the last line's end.
		const second = file('second.log.gz', gzipSync(mixed.slice(half).join('\r\n')));
		const halves = newBlog('halves');
		expect(await importing(halves, first, second)).toMatchObject({ code: 0 });

		const late = folder('late');
		expect(await importing(late, file('whole.log.gz', gzipSync(log)))).toMatchObject({ code: 0 });
		await bylineOk(late, 'posts', 'sync', '--file', POSTS);
		await expectSame(halves);
		await expectSame(late);
	});

	test('a log, its gzip copy and a part of it in one command count once', async () => {
		const lines = log.trimEnd().split('\n');
		const twice = newBlog('twice');
		const files = [
			file('log.log', log),
			file('log.log.gz', gzipSync(log)),
			file('part.log', lines.slice(500, 2_000).join('\n'))
		];
		expect(await importing(twice, ...files)).toMatchObject({ code: 0 });
		await expectSame(twice);
	});

	test('lines that cannot be read are counted and the first 20 listed; the rest is imported', async () => {
		const lines = log.trimEnd().split('\n');
		const garbage = [
			'garbage',
			'\u0000\u0001\u0002',
			'1.2.3.4 - - [99/Foo/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-" "-"',
			'1.2.3.4 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" abc 1 "-" "-"',
			'1.2.3.4 - - [17/May/2015:10:05:03 +0000]',
			'{"json":true}',
			'x'.repeat(100_000),
			...Array.from({ length: 18 }, (_, index) => `more garbage ${index}`)
		];
		const at = garbage.map((_, index) => 10 + index * 150);
		const broken = [...lines];
		garbage.forEach((line, index) => broken.splice(at[index] ?? 0, 0, line));
		const path = file('broken.log', `${broken.join('\n')}\n`);
		const dataDir = newBlog('broken');
		const { code, stderr, stdout } = await importing(dataDir, path);
		expect(code).toBe(0);
		expect(stdout).toBe('');
		expect(stderr).toContain('25 lines could not be read');
		const listed = [...stderr.matchAll(/broken\.log:(\d+): (.+)$/gm)];
		expect(listed.map(([, number]) => Number(number))).toEqual(
			at.slice(0, 20).map((index) => index + 1)
		);
		for (const [, , reason] of listed) expect(reason?.length).toBeGreaterThan(5);
		expect(await exported(dataDir)).toBe(before.posts);
	});

	test('a file that is not there is one sentence, and nothing is imported', async () => {
		const dataDir = newBlog('missing');
		const result = await importing(dataDir, LOG, join(scratch.path, 'nowhere.log'));
		expect(result.code).toBe(1);
		expect(result.stderr).toMatch(/^byline: [^\n]*nowhere\.log[^\n]*\n$/);
		const rows = readCsvRows(await exported(dataDir));
		expect(rows.some((row) => row['page_views'] !== '0')).toBe(false);
	});
});

describe('one data folder', () => {
	test('commands say the same while a server holds it', async () => {
		await using server = await startServer({ dataDir: blog });
		await expectSame(blog);
		const again = await importing(blog, LOG);
		expect(again).toMatchObject({ code: 0, stdout: '' });
		expect(again.stderr).toMatch(/\b0 new\b/);
		expect((await byline(blog, 'verify', ...SITE)).code).toBe(0);
		const wrong = await byline(blog, 'export', 'nonsense', ...SITE);
		expect(wrong.code).toBe(1);
		expect(wrong.stderr).toMatch(/^byline: [^\n]*nonsense[^\n]*\n$/);

		const second = await runServer({ DATA_DIR: blog });
		expect(second).toMatchObject({ code: 1, stdout: '' });
		expect(second.stderr).toMatch(/^byline: [^\n]*in use by another process[^\n]*\n$/);
		expect((await fetch(`${server.url}/health`)).status).toBe(200);
		expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
	});

	test('of two commands at once one is told that the folder is in use', async () => {
		// Both read a log that takes a while, so that they meet.
		const day = log.trimEnd().split('\n');
		const long = Array.from({ length: 15 }, (_, copy) =>
			day.map((line) => line.replace(/^\S+/, `10.${copy}.7.1`)).join('\n')
		).join('\n');
		const dataDir = newBlog('busy');
		const path = file('long.log', long);
		const both = await Promise.all([importing(dataDir, path), importing(dataDir, path)]);
		const [done, told] = both.sort((a, b) => Number(a.code) - Number(b.code));
		expect(done).toMatchObject({ code: 0 });
		expect(told).toMatchObject({ code: 1, stdout: '' });
		expect(told?.stderr).toMatch(/^byline: [^\n]*in use by another process[^\n]*\n$/);
	});
});
