/** What can be derived again is: events from the journal, facts and sums from events. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../analytics/commands/commands.ts';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import { takeBody } from '../../analytics/intake/intake.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { openDatabase, run } from '../../analytics/stores/duckdb/connection.ts';
import { raw } from '../../analytics/stores/sql.ts';
import { CHROME } from '../http/client.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/temp.ts';

const START = Date.UTC(2026, 4, 4, 9);
const DAY_MS = 86_400_000;
const DAYS = 12;
/** A busy machine's time. */
vi.setConfig({ testTimeout: 240_000 });

let scratch: TemporaryFolder;
let engine: Engine;
let clock = START;

const open = async (keep = true): Promise<Engine> =>
	openEngine({
		settings: parseSettings({
			DATA_DIR: join(scratch.path, 'data'),
			JOURNAL_KEEP: String(keep),
			JOURNAL_SEGMENT_MB: '1'
		}),
		now: () => clock
	});

async function reopen(): Promise<void> {
	await engine.close();
	engine = await open();
}

interface Said {
	readonly code: number;
	readonly out: string;
	readonly note: string;
}

async function byline(...args: readonly string[]): Promise<Said> {
	const said = { out: '', note: '' };
	const code = await runCommand(args, engine, {
		out: (text) => (said.out += text),
		note: (text) => (said.note += text),
		isTerminal: false,
		folder: scratch.path
	});
	return { code, ...said };
}

async function reports(): Promise<Readonly<Record<string, string>>> {
	const all: Record<string, string> = {};
	for (const id of ['overview', 'posts', 'topics', 'sources']) {
		const said = await byline('export', id, '--from', '2026-04-01', '--to', '2026-06-01');
		expect(said.code, said.note).toBe(0);
		all[id] = said.out;
	}
	return all;
}

/** Readers of some days, each with two page views; a retry of one of them counts once. */
async function readOn(days: number, readers: number): Promise<void> {
	for (let day = 0; day < days; day += 1) {
		const taken = Array.from({ length: readers }, (_, reader) => {
			const sender = { ip: `203.0.113.${reader % 250}`, userAgent: `${CHROME} ${reader}` };
			const views = [1, 2].map((page) => ({
				n: 'pageview',
				u: `https://blog.example.com/post-${(reader + page) % 7}?utm_source=${'x'.repeat(150)}${reader % 3}`,
				id: `${day}-${reader}-${page}`
			}));
			clock += 1_000;
			return takeBody(JSON.stringify([...views, views[0]]), sender, engine.intake);
		});
		for (const { status } of await Promise.all(taken)) expect(status).toBe(202);
		await engine.drain();
		clock += DAY_MS - readers * 1_000;
	}
}

beforeEach(async () => {
	scratch = temporaryFolder('rebuild');
	clock = START;
	engine = await open();
	const site = engine.addSite('blog.example.com', 'Europe/Berlin');
	await engine.putPosts(
		site,
		Array.from({ length: 7 }, (_, index) => ({
			path: `/post-${index}`,
			formerPaths: [],
			title: `Post ${index}`,
			authors: ['Ada'],
			topics: [`Topic ${index % 3}`],
			publishedAt: START - DAY_MS,
			wordCount: 300,
			commentCount: null
		}))
	);
});
afterEach(async () => {
	await engine.close();
	scratch.remove();
});

async function countEvents(): Promise<unknown> {
	const [row] = await engine.store.query(
		raw('select count(*) as events, count(distinct visitor) as visitors from events')
	);
	return row;
}

test('events of the journal take the place of those stored, what was imported stays', async () => {
	await readOn(DAYS, 120);
	const log = join(scratch.path, 'access.log');
	writeFileSync(
		log,
		Array.from(
			{ length: 50 },
			(_, index) =>
				`198.51.100.${index} - - [${String(4 + (index % 3)).padStart(2, '0')}/May/2026:10:00:00 +0000] "GET /post-${index % 7} HTTP/1.1" 200 1 "-" "${CHROME}"\n`
		).join('')
	);
	expect(await byline('import', 'access-log', log)).toMatchObject({ code: 0 });
	await reopen();
	await reopen();
	expect(readdirSync(join(scratch.path, 'data/journal/kept'))).not.toEqual([]);
	const [before, counted] = [await reports(), await countEvents()];
	expect(counted).toEqual({ events: DAYS * 240 + 50, visitors: DAYS * 120 + 50 });

	const said = await byline('rebuild', '--from-journal');
	expect(said).toMatchObject({ code: 0, out: '' });
	expect(said.note).toContain(`${(DAYS * 240).toLocaleString('en')} events from the journal`);
	expect(await countEvents()).toEqual(counted);
	expect(await reports()).toEqual(before);
	expect(await byline('verify')).toMatchObject({ code: 0 });
	// The same again, and what comes afterwards counts as before.
	expect(await byline('rebuild', '--from-journal')).toMatchObject({ code: 0 });
	await readOn(1, 3);
	expect(await countEvents()).toEqual({
		events: DAYS * 240 + 50 + 6,
		visitors: DAYS * 120 + 50 + 3
	});
	expect(await byline('verify')).toMatchObject({ code: 0 });
});

test('a store that was lost comes back from the segments that were kept', async () => {
	await readOn(DAYS, 120);
	await reopen();
	await reopen();
	const before = await reports();
	await engine.close();
	rmSync(join(scratch.path, 'data/events.duckdb'));
	engine = await open();
	expect(await reports()).not.toEqual(before);
	expect(await byline('rebuild', '--from-journal')).toMatchObject({ code: 0 });
	expect(await reports()).toEqual(before);
});

test('where the journal lacks events of a day, nothing changes and the days are named', async () => {
	await readOn(DAYS, 120);
	await reopen();
	await reopen();
	const before = await reports();
	const kept = join(scratch.path, 'data/journal/kept');
	const [first = ''] = readdirSync(kept).sort();
	rmSync(join(kept, first));
	const said = await byline('rebuild', '--from-journal');
	expect(said.code).toBe(1);
	expect(said.note).toMatch(
		/^byline: The journal lacks events that are stored, of 2026-05-04[^\n]*JOURNAL_KEEP[^\n]*\n$/m
	);
	expect(await reports()).toEqual(before);
	expect(await byline('verify')).toMatchObject({ code: 0 });
});

/** Changes the store behind the engine's back. */
async function spoil(statement: string): Promise<void> {
	await engine.close();
	const database = await openDatabase(join(scratch.path, 'data/events.duckdb'), 'write');
	const connection = await database.connect();
	await run(connection, raw(statement));
	await run(connection, raw('checkpoint store'));
	connection.closeSync();
	database.close();
	engine = await open();
}

test('facts and sums that differ are found, told by the exit code, and derived again', async () => {
	await readOn(DAYS, 20);
	await engine.rollUp();
	const before = await reports();
	const good = await byline('verify');
	expect(good.code).toBe(0);
	expect(good.out).toContain(
		`page_views\t${DAYS * 40} in events, ${DAYS * 40} in facts, ${DAYS * 40} in reports\tequal\n`
	);
	await spoil('delete from views where hour = 11 and n = 1');
	const bad = await byline('verify');
	expect(bad.code).toBe(1);
	expect(bad.out).toMatch(/^page_views\t480 in events, 240 in facts.*\tdifferent$/m);
	expect(bad.out).toMatch(/^views\t480 rows\t\d+ rows differ$/m);
	expect(await byline('rebuild')).toMatchObject({ code: 0 });
	expect(await byline('verify')).toMatchObject({ code: 0 });
	expect(await reports()).toEqual(before);
});
