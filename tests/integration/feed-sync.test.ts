import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countAccessLog } from '../oracle/access-log-count.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { plainEnv } from '../support/keep-compiled.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temp.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../../shared/data/semicomplete/', import.meta.url));
const LOG = join(SAMPLE, 'access-2015-05-17-18.log');
const SITE = ['--site', 'semicomplete.com'] as const;
const DAYS = ['--from', '2015-05-17', '--to', '2015-05-18'] as const;

interface Entry {
	readonly path: string;
	readonly title: string;
	readonly author: string;
	readonly published_at: string;
	readonly topics: readonly string[];
	readonly word_count: number;
}

const scratch = temporaryFolder('feed-sync');
const entries = JSON.parse(readFileSync(join(SAMPLE, 'posts.json'), 'utf8')) as Entry[];
const log = readFileSync(LOG, 'utf8');
const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

/** A feed of a hundred posts a page, as WordPress gives them. */
function feed(page: number): string | null {
	const part = entries.slice((page - 1) * 100, page * 100);
	if (part.length === 0) return null;
	const items = part.map(
		(entry) => `<item><title>${escaped(escaped(entry.title))}</title>
			<link>http://www.semicomplete.com${entry.path}</link>
			<guid isPermaLink="false">${entry.path}</guid>
			<dc:creator>${entry.author || 'Jordan Sissel'}</dc:creator>
			${entry.topics.map((topic) => `<category>${escaped(topic)}</category>`).join('')}
			<pubDate>${new Date(entry.published_at).toUTCString()}</pubDate>
			<content:encoded><![CDATA[<p>${words(Math.max(entry.word_count, 1))}</p>]]></content:encoded></item>`
	);
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
		xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
		<channel><title>semicomplete</title><generator>https://wordpress.org/?v=6.7</generator>
		${items.join('\n')}</channel></rss>`;
}

const asked: string[] = [];
const server = createServer((request, response) => {
	const url = new URL(request.url ?? '', 'http://blog');
	asked.push(request.url ?? '');
	const text = url.pathname === '/feed' ? feed(Number(url.searchParams.get('paged') ?? '1')) : null;
	if (url.pathname === '/') {
		response.writeHead(200, { 'content-type': 'text/html' });
		response.end('<link rel="alternate" type="application/rss+xml" href="/feed">');
	} else if (text === null) response.writeHead(404).end();
	else
		response
			.writeHead(200, { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' })
			.end(gzipSync(text));
});

const byline = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
	return runCommand(process.execPath, ['analytics/cli.ts', ...args], {
		cwd: ROOT,
		env: { ...plainEnv(), DATA_DIR: join(scratch.path, 'blog'), ...env },
		timeoutMs: 60_000
	});
};
const ALLOWED = { FETCH_ALLOW: '127.0.0.1' };
let blog: string;

beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	blog = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await byline({}, 'site', 'add', 'semicomplete.com', '--timezone', 'UTC');
});
afterAll(() => {
	server.close();
	scratch.remove();
});

test('a feed elsewhere is not read unless a setting names it', async () => {
	const refused = await byline({}, 'posts', 'sync', ...SITE, '--feed', `${blog}/feed`);
	expect(refused).toMatchObject({ code: 1, stdout: '' });
	expect(refused.stderr).toMatch(/^byline: [^\n]*127\.0\.0\.1 is no host of this site[^\n]*\n$/);
	expect(asked).toEqual([]);
});

test('a catalogue read from a feed counts what a plain count of the log gives', async () => {
	const synced = await byline(ALLOWED, 'posts', 'sync', ...SITE, '--feed', `${blog}/feed`);
	expect(synced.stderr).toContain(`${entries.length} posts added, 0 updated, 0 unchanged.`);
	expect(synced.code).toBe(0);
	expect(asked.filter((url) => url.startsWith('/feed')).length).toBe(
		Math.ceil(entries.length / 100) + 1
	);
	const again = await byline(ALLOWED, 'posts', 'sync', ...SITE, '--feed', `${blog}/feed`);
	expect(again.stderr).toContain(`0 posts added, 0 updated, ${entries.length} unchanged.`);

	expect(await byline({}, 'import', 'access-log', LOG, ...SITE)).toMatchObject({ code: 0 });
	const posts = await byline({}, 'export', 'posts', ...SITE, ...DAYS);
	const rows = readCsvRows(posts.stdout);
	const wanted = countAccessLog(log, entries, '2015-05-17', '2015-05-18');
	const folded = (path: string): string => path.replace(/\/index\.html$/, '');
	expect(
		Object.fromEntries(
			rows.map((row) => [
				row['path'] ?? '',
				{ pageViews: Number(row['page_views']), readers: Number(row['readers']) }
			])
		)
	).toEqual(Object.fromEntries([...wanted].map(([path, count]) => [folded(path), count])));
	expect(rows.filter((row) => row['page_views'] !== '0').length).toBeGreaterThan(25);

	const topics = await byline({}, 'export', 'topics', ...SITE, ...DAYS);
	const views = new Map<string, number>();
	for (const { path, topics: names } of entries)
		for (const topic of new Set(names))
			views.set(topic, (views.get(topic) ?? 0) + (wanted.get(path)?.pageViews ?? 0));
	const counted = readCsvRows(topics.stdout).map((row) => [
		row['topic'] ?? '',
		Number(row['page_views'])
	]);
	expect(counted.length).toBeGreaterThan(10);
	for (const [topic, count] of counted)
		expect([topic, count]).toEqual([topic, views.get(String(topic))]);
});
