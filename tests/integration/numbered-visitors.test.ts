import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../analytics/events/event.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { raw, sql } from '../../analytics/stores/sql.ts';
import { writeOldStore } from '../support/old-store.ts';
import { temporaryFolder } from '../support/temp.ts';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const MINUTE = 60_000;
const DAY = 86_400_000;
/** The last schema whose events carried hashes. */
const HASHED = 3;

const folder = temporaryFolder('numbered-visitors');
let store: EventStore;
let offset = 0;

/** Two readers as the older schema kept them: the first has a page view and its engagement, the second a page view. */
function writeHashed(file: string): Promise<void> {
	return writeOldStore(file, HASHED, [
		sql`insert into events by name
			select 1 as site_id, '2026-06-10'::date as day, 12 as hour, ${NOON}::bigint + minute * ${MINUTE} as ts, seq,
				('0x' || visitor)::ubigint as visitor, name, '/' as page, true as measured,
				md5_number_lower(view)::ubigint as page_view, engaged_ms
			from (values (0, 1, 'ffffffffffffffaa', 'pageview', 'view-1', null),
				(1, 2, 'ffffffffffffffbb', 'pageview', 'view-2', null),
				(2, 3, 'ffffffffffffffaa', 'engagement', 'view-1', 4000)) v(minute, seq, visitor, name, view, engaged_ms)`,
		raw(`insert into event_ids values (1, 7, ${NOON})`),
		raw('update state set next_seq = 4')
	]);
}

beforeAll(async () => {
	const file = join(folder.path, 'events.duckdb');
	await writeHashed(file);
	store = await openDuckDbStore({
		file,
		memoryLimit: '500MB',
		threads: 1,
		tempDirectory: join(folder.path, 'tmp'),
		timeLimitMs: 10_000
	});
	await store.settle();
});
afterAll(async () => {
	await store.close();
	folder.remove();
});

async function append(received: number, event: Partial<Event>): Promise<void> {
	offset += 1;
	const whole = {
		id: `event-${offset}`,
		site: 1,
		ts: NOON + offset * MINUTE,
		received,
		day: '2026-06-10',
		hour: 12,
		visitor: 'ffffffffffffffaa',
		name: 'engagement',
		page: '/',
		...event
	};
	await store.append([JSON.stringify(whole)], { segment: 0, offset });
}

const views = () =>
	store.query(sql`select visitor, n, engaged_ms from views where site_id = 1 order by visitor, n`);

async function expectSame(): Promise<void> {
	const differing = (await store.verify(1)).filter((fact) => fact.differing > 0);
	expect(differing).toEqual([]);
}

test('an older store is numbered by the first event of each visitor and day', async () => {
	expect(await views()).toEqual([
		{ visitor: 1, n: 1, engaged_ms: 4000 },
		{ visitor: 2, n: 1, engaged_ms: 0 }
	]);
	await expectSame();
});

test('who is met again after it is the same visitor, and so is the page view', async () => {
	await append(NOON + 5 * MINUTE, { pageView: 'view-1', engagedMs: 500 });
	await append(NOON + 6 * MINUTE, {
		visitor: 'ffffffffffffffbb',
		pageView: 'view-2',
		engagedMs: 7
	});
	expect(await views()).toEqual([
		{ visitor: 1, n: 1, engaged_ms: 4500 },
		{ visitor: 2, n: 1, engaged_ms: 7 }
	]);
	await expectSame();
});

test('a hash is kept while its salt lives, and forgotten soon after', async () => {
	const ids = async () =>
		(
			await store.query(sql`
			select (select count(*) from visitor_ids) as visitors, (select count(*) from page_view_ids) as views`)
		)[0];
	const other = { visitor: 'ffffffffffffffcc', name: 'pageview', pageView: 'view-3' } as const;
	await append(NOON + 2 * DAY, other);
	await store.checkpoint();
	expect(await ids()).toEqual({ visitors: 3, views: 3 });
	await append(NOON + 4 * DAY, { ...other, visitor: 'ffffffffffffffdd', day: '2026-06-14' });
	await store.checkpoint();
	expect(await ids()).toEqual({ visitors: 2, views: 2 });
	await expectSame();
});
