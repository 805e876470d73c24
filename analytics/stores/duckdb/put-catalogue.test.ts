import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_RULES } from '../../posts/identity/site-rules.ts';
import type { Post } from '../../posts/post.ts';
import type { EventStore } from '../event-store.ts';
import { raw } from '../sql.ts';
import { openDuckDbStore } from './duckdb-store.ts';

const SITE = { id: 1, domain: 'blog.example.com', zone: 'Asia/Kathmandu' };
const post = (id: number, title = `Post ${id}`): Post => ({
	id,
	path: `/${id}`,
	formerPaths: [],
	title,
	authors: [],
	topics: ['Tea'],
	publishedAt: 1_700_000_000_000,
	wordCount: 300,
	commentCount: null
});

let folder: string;
let store: EventStore;

const open = (): Promise<EventStore> =>
	openDuckDbStore({
		file: join(folder, 'events.duckdb'),
		memoryLimit: '500MB',
		threads: 1,
		tempDirectory: join(folder, 'tmp'),
		timeLimitMs: 10_000
	});

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'byline-catalogue-'));
	store = await open();
});
afterEach(async () => {
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Whether putting it changed the store. */
async function changes(...given: Parameters<EventStore['putCatalogue']>): Promise<boolean> {
	const before = store.version();
	await store.putCatalogue(...given);
	return store.version() !== before;
}

test('a catalogue that the store has is not written again, also after it was opened anew', async () => {
	expect(await changes(SITE, [post(1), post(2)])).toBe(true);
	expect(await changes(SITE, [post(1), post(2)])).toBe(false);
	await store.close();
	store = await open();
	expect(await changes(SITE, [post(1), post(2)])).toBe(false);
	expect(await store.query(raw('select count(*) as posts from posts'))).toEqual([{ posts: 2 }]);
});

test.each<[string, Parameters<EventStore['putCatalogue']>]>([
	['a title', [SITE, [post(1, 'Another'), post(2)]]],
	['the order', [SITE, [post(2), post(1)]]],
	['a post less', [SITE, [post(1)]]],
	['the rules', [SITE, [post(1), post(2)], { ...NO_RULES, html: 'fold' }]],
	['the time zone', [{ ...SITE, zone: 'UTC' }, [post(1), post(2)]]]
])('one that differs in %s is', async (_, given) => {
	await store.putCatalogue(SITE, [post(1), post(2)]);
	expect(await changes(...given)).toBe(true);
	expect(await changes(...given)).toBe(false);
});

test('what one site has says nothing of another', async () => {
	await store.putCatalogue(SITE, [post(1)]);
	expect(await changes({ ...SITE, id: 2 }, [post(1)])).toBe(true);
});
