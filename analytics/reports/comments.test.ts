import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../tests/support/temp.ts';
import { openEngine, type Engine } from '../engine.ts';
import { takeBody } from '../intake/intake.ts';
import type { PostInput } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import { parseSettings } from '../settings.ts';

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 4, 10, 12);
const SENDER = {
	ip: '203.0.113.9',
	userAgent:
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
};
let folder: TemporaryFolder;
let engine: Engine;
let site: Site;
let now = NOON;

beforeEach(async () => {
	folder = temporaryFolder('comments');
	now = NOON;
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: folder.path }),
		now: () => now,
		onTrouble: (message) => {
			throw new Error(message);
		}
	});
	site = engine.addSite('blog.example.com', 'UTC');
});
afterEach(async () => {
	await engine.close();
	folder.remove();
});

const post = (path: string, topic: string, commentCount: number | null): PostInput => ({
	path,
	formerPaths: [],
	title: path,
	authors: [],
	topics: [topic],
	publishedAt: null,
	wordCount: null,
	commentCount
});
const catalogue = (counted: number): readonly PostInput[] => [
	post('/counted', 'one', counted),
	post('/events', 'two', null)
];

async function comment(page: string): Promise<void> {
	const body = JSON.stringify({ n: 'comment', u: `https://blog.example.com${page}` });
	expect((await takeBody(body, SENDER, engine.intake)).status).toBe(202);
	await engine.drain();
}

/** Comments of both posts and of all, under some filters, on some days. */
async function comments(days: string, ...filters: string[]): Promise<readonly unknown[]> {
	const params = new URLSearchParams(days);
	for (const filter of filters) params.append('filter', filter);
	const resolved = await engine.reports.resolve(site, params);
	if (!resolved.ok) throw new TypeError(JSON.stringify(resolved.errors));
	const { rows, totals } = await engine.reports.report('posts', resolved.query);
	const of = (path: string) => rows.find((row) => row['path'] === path)?.['comments'];
	return [of('/counted'), of('/events'), totals['comments']];
}

test('where the catalogue carries a count its growth stands in place of comment events', async () => {
	await engine.putPosts(site, catalogue(7));
	await comment('/counted');
	await comment('/events');
	expect(await comments('period=today')).toEqual([0, 1, 1]);
	await engine.putPosts(site, catalogue(10));
	expect(await comments('period=today')).toEqual([3, 1, 4]);

	now += DAY_MS;
	await engine.putPosts(site, catalogue(12));
	expect(await comments('period=today')).toEqual([2, 0, 2]);
	expect(await comments('from=2026-05-10&to=2026-05-11')).toEqual([5, 1, 6]);
	expect(await comments('from=2026-05-10&to=2026-05-10')).toEqual([3, 1, 4]);
	// The catalogue says nothing of who wrote them.
	expect(await comments('from=2026-05-10&to=2026-05-11', 'device:is:desktop')).toEqual([
		null,
		1,
		null
	]);
	expect(await comments('from=2026-05-10&to=2026-05-11', 'topic:is:two')).toEqual([
		undefined,
		1,
		1
	]);
	expect(await comments('from=2026-05-10&to=2026-05-11', 'topic:is:one')).toEqual([
		5,
		undefined,
		5
	]);
});
