import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { sql } from '../../analytics/stores/sql.ts';
import { temporaryFolder } from '../support/temp.ts';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const HEAVY = 'ffffffffffffffaa';
const LIGHT = 'ffffffffffffffbb';
const MANY = 52_000;

const folder = temporaryFolder('heavy-visitors');
let store: EventStore;
let now = 0;
let serial = 0;
let offset = 0;

beforeAll(async () => {
	store = await openDuckDbStore({
		file: join(folder.path, 'events.duckdb'),
		memoryLimit: '1GB',
		threads: 2,
		tempDirectory: join(folder.path, 'tmp'),
		timeLimitMs: 10_000,
		now: () => now
	});
});
afterAll(async () => {
	await store.close();
	folder.remove();
});

async function append(visitors: readonly string[]): Promise<void> {
	const lines = visitors.map((visitor) => {
		serial += 1;
		return JSON.stringify({
			id: `event-${serial}`,
			site: 1,
			ts: NOON + serial,
			received: NOON + serial,
			day: '2026-06-10',
			hour: 12,
			visitor,
			name: 'pageview',
			page: `/${serial % 10}`
		});
	});
	offset += 1;
	await store.append(lines, { segment: 0, offset });
}

/** Page views in the facts, of the heavy visitor and of the other. */
async function views(): Promise<readonly number[]> {
	const rows = await store.query(
		sql`select count(*) as views from views group by visitor order by min(ts)`
	);
	return rows.map((row) => Number(row['views']));
}

async function expectRight(): Promise<void> {
	expect((await store.verify(1)).filter((fact) => fact.differing > 0)).toEqual([]);
}

test('a visitor with very many events rests, others do not', async () => {
	await append(Array.from({ length: MANY }, () => HEAVY));
	await append([HEAVY, LIGHT]);
	expect(await views()).toEqual([MANY, 1]);
	now += 60_000;
	await append([LIGHT]);
	expect(await views()).toEqual([MANY + 1, 2]);
	await expectRight();
});

test('after the rest it is settled though nothing more comes', async () => {
	await append([HEAVY]);
	expect(await views()).toEqual([MANY + 1, 2]);
	await store.rollUp(1, '2026-06-10');
	expect(await views()).toEqual([MANY + 1, 2]);
	now += 60_000;
	await store.rollUp(1, '2026-06-10');
	expect(await views()).toEqual([MANY + 2, 2]);
	await expectRight();
});

test.each(['checkpoint', 'settle'] as const)('nothing waits after %s', async (way) => {
	const [before = 0] = await views();
	now += 60_000;
	await append([HEAVY]);
	await append([HEAVY]);
	expect(await views()).toEqual([before + 1, 2]);
	await store[way]();
	expect(await views()).toEqual([before + 2, 2]);
});
