import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../analytics/events/event.ts';
import { compile } from '../../analytics/query/compile.ts';
import { WHOLE_SITE } from '../../analytics/query/scope.ts';
import type { DimensionId } from '../../analytics/dimensions.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { raw, sql } from '../../analytics/stores/sql.ts';
import { writeOldStore } from '../support/old-store.ts';
import { temporaryFolder } from '../support/temp.ts';

const DAY = '2026-06-10';
const NOON = Date.parse(`${DAY}T12:00:00Z`);
const MINUTE = 60_000;
/** The last schema whose events and facts carried texts. */
const SPELLED_OUT = 5;

const folder = temporaryFolder('numbered-origins');
let store: EventStore;
let offset = 0;

/** Three readers as the older schema kept them: of a search, of a source without a channel, of nowhere. */
function writeSpelledOut(file: string): Promise<void> {
	return writeOldStore(file, SPELLED_OUT, [
		sql`insert into events by name
			select 1 as site_id, ${DAY}::date as day, 12 as hour, ${NOON}::bigint as ts, seq, seq as visitor,
				'pageview' as name, '/' as page, source, channel, country, 'mobile' as device
			from (values (1, 'Google', 'Organic Search', 'DE'), (2, 'Forum', null, null), (3, null, null, 'DE'))
				v(seq, source, channel, country)`,
		raw('update state set next_seq = 4')
	]);
}

beforeAll(async () => {
	const file = join(folder.path, 'events.duckdb');
	await writeSpelledOut(file);
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

function line(visitor: number, event: Partial<Event>): string {
	offset += 1;
	return JSON.stringify({
		id: `event-${offset}`,
		site: 1,
		ts: NOON + offset * MINUTE,
		received: NOON,
		day: DAY,
		hour: 12,
		visitor: visitor.toString(16).padStart(16, '0'),
		name: 'pageview',
		page: '/',
		...event
	});
}

async function visitorsBy(
	...by: readonly DimensionId[]
): Promise<Readonly<Record<string, unknown>>> {
	const rows = await store.query((unrolled) =>
		compile({
			site: 1,
			range: { from: DAY, to: DAY },
			interval: 'day',
			metrics: ['visitors'],
			by,
			filters: [],
			scope: WHOLE_SITE,
			unrolled: unrolled(1)
		})
	);
	return Object.fromEntries(
		rows.map(({ visitors, ...keys }) => [Object.values(keys).join(' / '), visitors])
	);
}

async function kept(): Promise<readonly unknown[]> {
	const rows = await store.query(sql`
		select (select count(*) from origins) as origins, (select count(*) from clients) as clients`);
	return rows.flatMap(({ origins, clients }) => [origins, clients]);
}

async function expectSame(): Promise<void> {
	const differing = (await store.verify(1)).filter((fact) => fact.differing > 0);
	expect(differing).toEqual([]);
}

test('an older store says the same by numbers', async () => {
	expect(await visitorsBy('channel', 'source')).toEqual({
		'Organic Search / Google': 1,
		'Direct / Forum': 1,
		'Direct / Direct': 1
	});
	expect(await visitorsBy('country', 'device')).toEqual({ 'DE / mobile': 2, ' / mobile': 1 });
	await expectSame();
});

test('what came before comes under its number, what is new under another', async () => {
	const before = await kept();
	const search = { source: 'Google', channel: 'Organic Search', country: 'DE', device: 'mobile' };
	await store.append([line(10, search), line(11, search)], { segment: 0, offset: 2 });
	expect(await kept()).toEqual(before);
	// Values that a careless key would take for one another.
	await store.append(
		[
			line(12, { utmTerm: 'a","b' }),
			line(13, { utmContent: 'a', utmTerm: 'b' }),
			line(14, { utmTerm: '' })
		],
		{ segment: 0, offset: 5 }
	);
	expect(await visitorsBy('utm_content', 'utm_term')).toMatchObject({
		' / a","b': 1,
		'a / b': 1
	});
	expect(await visitorsBy('source')).toMatchObject({ Google: 3 });
	await expectSame();
});

test('a visit without a page view is Direct, whatever its events say', async () => {
	await store.append([line(20, { name: 'subscribe', source: 'Elsewhere', channel: 'Email' })], {
		segment: 0,
		offset: 6
	});
	expect(await visitorsBy('source')).not.toHaveProperty('Elsewhere');
	await expectSame();
});

test('what only an import knew is forgotten with it', async () => {
	const before = await kept();
	const record = await store.imports.begin(
		{ site: 1, format: 'test', files: ['log'], contents: 'hash' },
		NOON
	);
	const { id } = record;
	const lines = [1, 2, 3].map((visitor) =>
		JSON.stringify({
			ts: NOON,
			day: DAY,
			hour: 12,
			visitor: `${visitor}f`,
			name: 'pageview',
			page: '/',
			importLine: `${visitor}e`,
			origin: visitor,
			client: visitor
		})
	);
	await store.imports.stage(
		record,
		{
			lines: Buffer.from(lines.join('\n')),
			origins: [1, 2, 3].map((visitor) => `{"referrer":"secret.example/${visitor}"}`),
			clients: [1, 2, 3].map((visitor) => `{"hostname":"${visitor}.example"}`),
			through: 3
		},
		NOON
	);
	// What an import that goes on has put aside is not forgotten.
	await store.touch(1);
	await store.settle();
	await store.imports.finish(id, '', NOON);
	store.imports.leave(id);
	await store.settle();
	expect(await visitorsBy('referrer')).toHaveProperty('secret.example/2', 1);
	expect(await kept()).not.toEqual(before);
	await store.imports.remove(id, NOON);
	await store.settle();
	expect(await visitorsBy('referrer')).not.toHaveProperty('secret.example/2');
	expect(await store.query(sql`select origin from origins where referrer is not null`)).toEqual([]);
	expect(await store.query(sql`select client from clients where hostname is not null`)).toEqual([]);
	await expectSame();
});
