import { createHash } from 'node:crypto';
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { openDatabase, run } from '../../analytics/stores/duckdb/connection.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import { MIGRATIONS } from '../../analytics/stores/schema.ts';
import { raw, sql } from '../../analytics/stores/sql.ts';
import { BLOG, BUSY, BUSY_DAY, NOW, POST_INPUTS, ZONE } from './report-blog.ts';
import { writeEvents } from './report-events.ts';
import { printTable } from './table.ts';

const VERSION = 1;
const MEMORY_LIMIT = '4GB';
const THREADS = '2';
const BUSY_EVENTS = 300_000;
/** Events settled in one transaction, or one day where it has more. */
const SETTLED_AT_ONCE = 300_000;
const CHECKPOINT_EVENTS = 5_000_000;
const MILLION = 1_000_000;

const markerSchema = z.object({
	key: z.string(),
	/** Of both sites. */
	events: z.number(),
	writeSeconds: z.number(),
	settleSeconds: z.number(),
	rollUpSeconds: z.number(),
	/** Settling the days of the history, one after the other. */
	settledDays: z.array(z.object({ events: z.number(), seconds: z.number() })),
	busyDay: z.object({ events: z.number(), seconds: z.number() })
});
type Marker = z.infer<typeof markerSchema>;

const siteSchema = z.object({ id: z.number(), domain: z.string(), zone: z.string() });
const writtenSchema = z.object({
	version: z.number(),
	/** The store's schema, as JSON. */
	migrations: z.string(),
	blog: siteSchema,
	busy: siteSchema,
	events: z.number(),
	writeSeconds: z.number()
});
type Written = z.infer<typeof writtenSchema>;

export interface ReportData {
	readonly folder: string;
	readonly data: Marker;
}

/** Sizes to measure, in millions of events. */
export function sizes(): readonly number[] {
	return (process.env['BENCH_EVENTS'] ?? '1,10,100').split(',').map((text) => {
		const millions = Number(text);
		if (!(millions > 0)) throw new TypeError(`BENCH_EVENTS has "${text}", but wants millions.`);
		return millions;
	});
}

export function folderOf(millions: number): string {
	return join(process.env['BENCH_DIR'] ?? join(tmpdir(), 'byline-bench'), String(millions));
}

/** What is there of a size; null where it is missing, was interrupted, or was made by another version. */
export function readData(millions: number): ReportData | null {
	const folder = folderOf(millions);
	const file = join(folder, 'whole.json');
	if (!existsSync(file)) return null;
	const { success, data } = markerSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
	if (!success) return null;
	// BENCH_KEEP measures data of an older schema, which the store migrates.
	return data.key === keyOf() || process.env['BENCH_KEEP'] === 'true' ? { folder, data } : null;
}

/** Data depends on what is stored and how it is derived. */
function keyOf(): string {
	const hash = createHash('sha256');
	for (const file of ['schema.ts', 'facts.ts'])
		hash.update(readFileSync(new URL(`../../analytics/stores/${file}`, import.meta.url)));
	return `${VERSION}-${hash.digest('hex').slice(0, 16)}`;
}

/** Makes the event stores of all sizes that are not there yet. */
export async function benchReportData(): Promise<void> {
	for (const millions of sizes())
		if (readData(millions) === null) await generate(millions);
		else console.error(`${folderOf(millions)} is whole already.`);
}

async function generate(millions: number): Promise<void> {
	const folder = folderOf(millions);
	const key = keyOf();
	const written = readWritten(folder) ?? (await write(folder, millions * MILLION));
	const { blog, busy } = written;
	rmSync(join(folder, 'whole.json'), { force: true });
	copyFileSync(join(folder, 'written.duckdb'), join(folder, 'events.duckdb'));
	await migrate(folder);

	const engine = await openBench(folder, MEMORY_LIMIT);
	const started = performance.now();
	const settledDays = await settleAll(engine, blog);
	const busyDay = await settleDay(engine, busy);
	await engine.store.checkpoint();
	const settleSeconds = secondsSince(started);
	await engine.rollUp();
	await engine.close();
	const rollUpSeconds = secondsSince(started) - settleSeconds;
	const { events, writeSeconds } = written;
	const data: Marker = {
		key,
		events,
		writeSeconds,
		settleSeconds,
		rollUpSeconds,
		settledDays,
		busyDay
	};
	writeFileSync(join(folder, 'whole.json'), JSON.stringify(data));
	printData({ folder, data });
}

/** The events without facts, kept so that another way of deriving them needs no new ones. */
function readWritten(folder: string): Written | null {
	const file = join(folder, 'written.json');
	if (!existsSync(file)) return null;
	const written = writtenSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	const isOlder = JSON.stringify(MIGRATIONS).startsWith(written.migrations.slice(0, -1));
	return written.version === VERSION && isOlder ? written : null;
}

async function write(folder: string, events: number): Promise<Written> {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const { blog, busy } = await register(folder);
	const started = performance.now();
	const database = await openFile(folder);
	const connection = await database.connect();
	const count = await writeEvents(connection, {
		blog: blog.id,
		events,
		busy: busy.id,
		busyEvents: BUSY_EVENTS
	});
	connection.closeSync();
	database.close();
	const written: Written = {
		version: VERSION,
		migrations: JSON.stringify(MIGRATIONS),
		blog,
		busy,
		events: count,
		writeSeconds: secondsSince(started)
	};
	copyFileSync(join(folder, 'events.duckdb'), join(folder, 'written.duckdb'));
	writeFileSync(join(folder, 'written.json'), JSON.stringify(written));
	console.error(`${count} events written in ${written.writeSeconds.toFixed(0)} s`);
	return written;
}

function openFile(folder: string): ReturnType<typeof openDatabase> {
	return openDatabase(join(folder, 'events.duckdb'), 'write', {
		memory_limit: MEMORY_LIMIT,
		threads: THREADS,
		temp_directory: join(folder, 'tmp'),
		checkpoint_threshold: '1TB'
	});
}

/** Brings the file up to date. A migration may mark all days, more than can be settled at once. */
async function migrate(folder: string): Promise<void> {
	const store = await openDuckDbStore({
		file: join(folder, 'events.duckdb'),
		memoryLimit: MEMORY_LIMIT,
		threads: Number(THREADS),
		tempDirectory: join(folder, 'tmp'),
		timeLimitMs: 600_000
	});
	await store.close();
	const database = await openFile(folder);
	const connection = await database.connect();
	await run(connection, raw('delete from touched'));
	await run(connection, raw('checkpoint store'));
	connection.closeSync();
	database.close();
}

/** The sites and their catalogue, as an owner would put them. */
async function register(folder: string): Promise<{ readonly blog: Site; readonly busy: Site }> {
	const engine = await openBench(folder, MEMORY_LIMIT);
	const blog = engine.addSite(BLOG, ZONE);
	const busy = engine.addSite(BUSY, ZONE);
	await engine.putPosts(blog, POST_INPUTS);
	await engine.putPosts(busy, POST_INPUTS);
	await engine.close();
	return { blog, busy };
}

/** Opens the engine on a bench's folder at the end of its history. */
export function openBench(folder: string, memoryLimit = ''): Promise<Engine> {
	const settings = parseSettings({
		DATA_DIR: folder,
		MEMORY_LIMIT: memoryLimit,
		QUERY_TIME_LIMIT_S: '600'
	});
	return openEngine({ settings, now: () => NOW, onTrouble: console.error });
}

interface Stretch {
	readonly from: string;
	readonly to: string;
	readonly days: number;
	readonly events: number;
}

async function settleAll(engine: Engine, { id }: Site): Promise<Marker['settledDays']> {
	const settled: { events: number; seconds: number }[] = [];
	let unwritten = 0;
	for (const { from, to, days, events } of await stretchesOf(engine, id)) {
		await engine.store.touch(id, { from, to });
		const started = performance.now();
		await engine.store.settle();
		if (days === 1) settled.push({ events, seconds: secondsSince(started) });
		unwritten += events;
		if (unwritten < CHECKPOINT_EVENTS) continue;
		await engine.store.checkpoint();
		console.error(`settled up to ${to}`);
		unwritten = 0;
	}
	return settled;
}

/** A site's days in order, as many at once as may be settled so. */
async function stretchesOf({ store }: Engine, site: number): Promise<readonly Stretch[]> {
	const days = await store.query(sql`
		select day, count(*) as events from events where site_id = ${site} group by day order by day`);
	const stretches: Stretch[] = [];
	for (const row of days) {
		const [day, events] = [String(row['day']), Number(row['events'])];
		const last = stretches.at(-1);
		if (last === undefined || last.events + events > SETTLED_AT_ONCE)
			stretches.push({ from: day, to: day, days: 1, events });
		else
			stretches[stretches.length - 1] = {
				from: last.from,
				to: day,
				days: last.days + 1,
				events: last.events + events
			};
	}
	return stretches;
}

async function settleDay(engine: Engine, { id }: Site): Promise<Marker['busyDay']> {
	const [row] = await engine.store.query(
		sql`select count(*) as events from events where site_id = ${id}`
	);
	await engine.store.touch(id, { from: BUSY_DAY, to: BUSY_DAY });
	const started = performance.now();
	await engine.store.settle();
	return { events: Number(row?.['events']), seconds: secondsSince(started) };
}

/** How the data came about, and how large it is. */
export function printData({ folder, data }: ReportData): void {
	const { events, writeSeconds, settleSeconds, rollUpSeconds, settledDays, busyDay } = data;
	const seconds = settledDays.map((day) => day.seconds).sort((a, b) => a - b);
	const bytes = statSync(join(folder, 'events.duckdb')).size;
	printTable(
		['data', 'figure'],
		[
			['events', events.toLocaleString('en')],
			['written in', `${writeSeconds.toFixed(0)} s`],
			['settled in', `${settleSeconds.toFixed(0)} s`],
			['then summed up in', `${rollUpSeconds.toFixed(0)} s`],
			[
				`settling one day of ${busyDay.events.toLocaleString('en')} events`,
				`${busyDay.seconds.toFixed(2)} s (target 1.5)`
			],
			...(seconds.length === 0
				? []
				: [
						[
							`settling a day of the history, median and slowest of ${seconds.length}`,
							`${(seconds[seconds.length >> 1] ?? 0).toFixed(2)} s, ${(seconds.at(-1) ?? 0).toFixed(2)} s`
						]
					]),
			['file', `${(bytes / MILLION).toFixed(0)} MB`],
			['bytes an event', `${(bytes / events).toFixed(1)} (target 40)`]
		]
	);
}

function secondsSince(started: number): number {
	return (performance.now() - started) / 1_000;
}
