import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import { takeBody } from '../../analytics/intake/intake.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { parseSettings } from '../../analytics/settings.ts';
import type { StoreRow } from '../../analytics/stores/event-store.ts';
import { sql } from '../../analytics/stores/sql.ts';
import { CHROME } from '../http/client.ts';
import { BLOG } from '../http/start-blog.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temp.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;

/** The clock of the engine; each test sets it. */
let clock = 0;
let folder: TemporaryFolder;
let engine: Engine;
const troubles: string[] = [];

beforeEach(() => {
	folder = temporaryFolder('clock');
	troubles.length = 0;
});
afterEach(async () => {
	await engine.close();
	folder.remove();
	expect(troubles).toEqual([]);
});

async function open(): Promise<void> {
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: folder.path }),
		now: () => clock,
		onTrouble: (message) => troubles.push(message)
	});
}

async function openIn(zone: string): Promise<Site> {
	await open();
	return engine.addSite(BLOG, zone);
}

async function send(path: string, ip: string, id?: string): Promise<void> {
	const event = {
		n: 'pageview',
		u: `https://${BLOG}${path}`,
		...(id === undefined ? {} : { i: id })
	};
	const answer = await takeBody(JSON.stringify(event), { ip, userAgent: CHROME }, engine.intake);
	expect(answer).toMatchObject({ status: 202, body: 'ok' });
	expect(answer.headers['x-byline-dropped']).toBeUndefined();
}

async function events(): Promise<readonly StoreRow[]> {
	await engine.drain();
	return engine.store.query(
		sql`select page, day::varchar as day, hour::integer as hour, ts from events order by seq`
	);
}

/** Report `overview`: a figure by hour or day, without empty rows. */
async function figures(
	site: Site,
	metric: string,
	query: string
): Promise<Readonly<Record<string, number>>> {
	await engine.drain();
	const resolved = await engine.reports.resolve(site, new URLSearchParams(query));
	if (!resolved.ok) throw new TypeError(JSON.stringify(resolved.errors));
	const { rows } = await engine.reports.report('overview', resolved.query);
	const entries = rows.map((row) => [String(row['date']), Number(row[metric])] as const);
	return Object.fromEntries(entries.filter(([, figure]) => figure > 0));
}

describe('a clock that steps back an hour', () => {
	const readers = Array.from({ length: 10 }, (_, index) => `203.0.113.${index}`);

	/** One event of each reader, a second apart; the ids of a round are its name. */
	async function round(name: string): Promise<void> {
		for (const [index, ip] of readers.entries()) {
			await send(`/${name}`, ip, `${name}-${index}`);
			clock += SECOND;
		}
	}

	test('in mid-stream loses nothing, counts nothing twice and leaves visitors who they are', async () => {
		clock = Date.parse('2026-06-10T12:00:00Z');
		const site = await openIn('UTC');
		await round('before');
		clock -= HOUR;
		await round('after');
		// Sent again, now with an earlier time than the first time.
		await round('before');
		await engine.close();
		await open();
		await round('after');
		await round('restarted');
		expect(await events()).toHaveLength(3 * readers.length);
		const day = 'from=2026-06-10&to=2026-06-10';
		expect(await figures(site, 'page_views', `${day}&interval=hour`)).toEqual({
			'2026-06-10 11:00': 2 * readers.length,
			'2026-06-10 12:00': readers.length
		});
		expect(await figures(site, 'visitors', `${day}&interval=day`)).toEqual({
			'2026-06-10': readers.length
		});
	});

	test('over midnight puts events on the day that the clock shows, with that day’s visitors', async () => {
		clock = Date.parse('2026-06-10T23:50:00Z');
		const site = await openIn('UTC');
		await round('before');
		clock = Date.parse('2026-06-11T00:10:00Z');
		await round('midnight');
		clock -= HOUR;
		await round('after');
		await round('midnight');
		expect(await events()).toHaveLength(3 * readers.length);
		const days = 'from=2026-06-10&to=2026-06-11&interval=day';
		expect(await figures(site, 'page_views', days)).toEqual({
			'2026-06-10': 2 * readers.length,
			'2026-06-11': readers.length
		});
		expect(await figures(site, 'visitors', days)).toEqual({
			'2026-06-10': readers.length,
			'2026-06-11': readers.length
		});
	});
});

test('a clock that was days ahead leaves no salt behind that outlives its time', async () => {
	const file = join(folder.path, 'salts.json');
	clock = Date.parse('2026-06-13T12:00:00Z');
	await openIn('UTC');
	await send('/ahead', '203.0.113.1');
	expect(readFileSync(file, 'utf8')).toContain('2026-06-13');
	await engine.close();
	clock = Date.parse('2026-06-10T12:00:00Z');
	await open();
	await send('/right', '203.0.113.1');
	expect(readFileSync(file, 'utf8')).toContain('2026-06-10');
	expect(readFileSync(file, 'utf8')).not.toContain('2026-06-13');
	expect((await events()).map(({ page }) => page)).toEqual(['/ahead', '/right']);
});

describe.each([
	{
		zone: 'Europe/Berlin',
		what: 'summer time begins: the hour from two is left out, the day has 23',
		moments: [
			['2026-03-28T22:59:59.999Z', '2026-03-28', 23],
			['2026-03-28T23:00:00Z', '2026-03-29', 0],
			['2026-03-29T00:59:59.999Z', '2026-03-29', 1],
			['2026-03-29T01:00:00Z', '2026-03-29', 3],
			['2026-03-29T01:30:00Z', '2026-03-29', 3],
			['2026-03-29T21:59:59.999Z', '2026-03-29', 23],
			['2026-03-29T22:00:00Z', '2026-03-30', 0]
		]
	},
	{
		zone: 'Europe/Berlin',
		what: 'summer time ends: the hour from two comes twice, the day has 25',
		moments: [
			['2026-10-24T21:59:59.999Z', '2026-10-24', 23],
			['2026-10-24T22:00:00Z', '2026-10-25', 0],
			['2026-10-25T00:00:00Z', '2026-10-25', 2],
			['2026-10-25T00:59:59.999Z', '2026-10-25', 2],
			['2026-10-25T01:00:00Z', '2026-10-25', 2],
			['2026-10-25T01:59:59.999Z', '2026-10-25', 2],
			['2026-10-25T02:00:00Z', '2026-10-25', 3],
			['2026-10-25T22:59:59.999Z', '2026-10-25', 23],
			['2026-10-25T23:00:00Z', '2026-10-26', 0]
		]
	},
	{
		zone: 'Asia/Kathmandu',
		what: 'its midnight is at 18:15 UTC',
		moments: [
			['2026-06-10T18:14:59.999Z', '2026-06-10', 23],
			['2026-06-10T18:15:00Z', '2026-06-11', 0],
			['2026-06-10T18:59:59.999Z', '2026-06-11', 0],
			['2026-06-10T19:14:59.999Z', '2026-06-11', 0],
			['2026-06-10T19:15:00Z', '2026-06-11', 1],
			['2026-06-11T18:14:59.999Z', '2026-06-11', 23],
			['2026-06-11T18:15:00Z', '2026-06-12', 0]
		]
	}
] as const)('$zone, $what', ({ zone, moments }) => {
	test('events are on their local day and hour, each once', async () => {
		clock = Date.parse(moments[0][0]);
		const site = await openIn(zone);
		const readers = ['203.0.113.1', '203.0.113.2'];
		for (const [index, [moment]] of moments.entries()) {
			clock = Date.parse(moment);
			for (const ip of readers) {
				const id = `${index}-${readers.indexOf(ip)}`;
				await send(`/${index}`, ip, id);
				await send(`/${index}`, ip, id);
			}
		}
		// A restart in the midst of it all changes nothing.
		await engine.close();
		await open();
		expect(await events()).toEqual(
			moments.flatMap(([moment, day, hour], index) =>
				readers.map(() => ({ page: `/${index}`, day, hour, ts: Date.parse(moment) }))
			)
		);
		const count = (labels: readonly string[], each: number): Readonly<Record<string, number>> => {
			const counts: Record<string, number> = {};
			for (const label of labels) counts[label] = (counts[label] ?? 0) + each;
			return counts;
		};
		const days = moments.map(([, day]) => day);
		const range = `from=${days[0] ?? ''}&to=${days.at(-1) ?? ''}`;
		expect(await figures(site, 'page_views', `${range}&interval=day`)).toEqual(
			count(days, readers.length)
		);
		expect(await figures(site, 'page_views', `${range}&interval=hour`)).toEqual(
			count(
				moments.map(([, day, hour]) => `${day} ${String(hour).padStart(2, '0')}:00`),
				readers.length
			)
		);
		expect(await figures(site, 'visitors', `${range}&interval=day`)).toEqual(
			count([...new Set(days)], readers.length)
		);
	});
});
