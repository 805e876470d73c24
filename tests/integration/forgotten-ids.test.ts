import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { sql } from '../../analytics/stores/sql.ts';
import { temporaryFolder } from '../support/temp.ts';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;

let folder: ReturnType<typeof temporaryFolder>;
let store: EventStore;
let offset = 0;

beforeEach(async () => {
	folder = temporaryFolder('forgotten-ids');
	store = await openDuckDbStore({
		file: join(folder.path, 'events.duckdb'),
		memoryLimit: '500MB',
		threads: 1,
		tempDirectory: join(folder.path, 'tmp'),
		timeLimitMs: 10_000
	});
});
afterEach(async () => {
	await store.close();
	folder.remove();
});

/** One page view by what the clock says; returns whether it was new. */
async function append(
	id: string,
	received: number,
	visitor = 'ffffffffffffffaa'
): Promise<boolean> {
	offset += 1;
	const event = {
		id,
		site: 1,
		ts: received,
		received,
		day: new Date(received).toISOString().slice(0, 10),
		hour: 12,
		visitor,
		name: 'pageview',
		page: '/'
	};
	return (await store.append([JSON.stringify(event)], { segment: 0, offset })) === 1;
}

const visitors = async (): Promise<unknown> =>
	(await store.query(sql`select count(*) as visitors from visitor_ids`))[0]?.['visitors'];

test('an id is known for seven days, and forgotten on a site with events on more days than that', async () => {
	expect(await append('one', NOON)).toBe(true);
	for (let day = 1; day <= 6; day += 1) await append(`of-day-${day}`, NOON + day * DAY);
	await store.checkpoint();
	expect(await append('one', NOON + 7 * DAY - MINUTE)).toBe(false);
	expect(await append('one', NOON + 7 * DAY + MINUTE)).toBe(true);
	for (let day = 8; day <= 14; day += 1) await append(`of-day-${day}`, NOON + day * DAY);
	await store.checkpoint();
	const [left] = await store.query(sql`
		select count(*) filter (where received < ${NOON + 4 * DAY}) as old, count(*) as ids from event_ids`);
	expect(left).toMatchObject({ old: 0 });
	expect(Number(left?.['ids'])).toBeGreaterThanOrEqual(8);
});

test.each([8 * DAY, 400 * DAY])(
	'a clock that once ran %i ms ahead makes no repeat count twice',
	async (ahead) => {
		await append('before', NOON);
		await append('meanwhile', NOON + ahead);
		await store.checkpoint();
		await append('after', NOON + MINUTE);
		await store.checkpoint();
		for (const id of ['before', 'meanwhile', 'after'])
			expect([id, await append(id, NOON + 2 * MINUTE)]).toEqual([id, false]);
	}
);

test('a visitor stays the same after a clock ran ahead, and who came meanwhile is forgotten', async () => {
	await append('meanwhile', NOON + 400 * DAY, 'ffffffffffffffbb');
	await append('one', NOON);
	await store.checkpoint();
	await append('two', NOON + MINUTE);
	const [seen] = await store.query(
		sql`select count(distinct visitor) as visitors from views where day = '2026-06-10'::date`
	);
	expect(seen).toEqual({ visitors: 1 });
	expect(await visitors()).toBe(1);
});
