import type { DuckDBConnection } from '@duckdb/node-api';
import { NO_RULES } from '../../posts/identity/site-rules.ts';
import type { EventStore, LineChunks } from '../event-store.ts';
import { DERIVED, WORKING } from '../facts.ts';
import { FORGET_STATEMENTS } from '../numbered.ts';
import { FACTS, MIGRATIONS } from '../schema.ts';
import { raw, sql, type Sql } from '../sql.ts';
import { forgetCached, openDatabase, prepareOnce, run, type Database } from './connection.ts';
import { eventColumns } from './event-columns.ts';
import { foldNewPages } from './fold-pages.ts';
import { forgetIds, REPEAT_WINDOW_MS } from './forget-ids.ts';
import { openCoreShare } from './core-share.ts';
import { openHeavyVisitors } from './heavy-visitors.ts';
import { leaveOut } from './leave-out.ts';
import { openImportStore } from './import-store.ts';
import { parsedLines } from './parsed-lines.ts';
import { digestOf, holdsCatalogue, putCatalogue } from './put-catalogue.ts';
import { openReaderPool } from './reader-pool.ts';
import { putInPlace, removeSite, writeAnew } from './remove-site.ts';
import {
	hasUnrolled,
	prepareRollups,
	readUnrolled,
	rollDays,
	unroll,
	verifyRollups
} from './roll-up.ts';
import { replayEvents } from './replay-events.ts';
import { storeIncoming } from './store-incoming.ts';
import { openSiteFiles } from './site-files.ts';
import { openUnrolled } from './unrolled.ts';
import { verifyTable } from './verify-table.ts';
import type { Write } from './write.ts';

const READERS = 3;
/** Events whose days are settled in one transaction, but for a day that has more: memory is bounded. */
const SETTLED_AT_ONCE = 400_000;

/** Of the cache of the file, at each checkpoint of a flood. */
const KEPT_IN_FLOODS = '128MB';

export interface DuckDbOptions {
	readonly file: string;
	readonly memoryLimit: string;
	readonly threads: number;
	readonly tempDirectory: string;
	/** Longest that a reading query may take. */
	readonly timeLimitMs: number;
	/** Milliseconds since any moment. */
	readonly now?: () => number;
}

interface DayRange {
	readonly from: string;
	readonly to: string;
}

/**
 * Opens the DuckDB event store, migrating it where needed.
 * @throws Failure `data_folder_busy` when another process holds the file, `store` when it does not open.
 */
export async function openDuckDbStore(options: DuckDbOptions): Promise<EventStore> {
	let database = await openFile(options);
	let writer = await database.connect();
	await migrate(writer);
	await prepareRollups((query) => run(writer, query));
	const connectReaders = (): Promise<readonly DuckDBConnection[]> =>
		Promise.all(Array.from({ length: READERS }, () => database.connect()));
	const readers = openReaderPool(await connectReaders(), options.timeLimitMs);
	const anew: Write = (query) => run(writer, query);
	const unrolled = openUnrolled(await readUnrolled(anew));
	let tail: Promise<unknown> = Promise.resolve();
	let version = 0;
	// Of what a process that ended left nothing is known.
	let mayForget = true;

	/** The writer is one connection: its transactions queue. */
	function exclusively<T>(work: () => Promise<T>): Promise<T> {
		const result = tail.then(work);
		tail = result.catch(() => undefined);
		return result;
	}

	let always = prepareOnce(writer);
	const now = options.now ?? (() => performance.now());
	const heavy = openHeavyVisitors(now);
	const cores = openCoreShare(options.threads, setThreads, now);

	async function setThreads(count: number): Promise<void> {
		const connection = await database.connect();
		try {
			await run(connection, raw(`set threads = ${count}`));
		} finally {
			connection.closeSync();
		}
	}

	async function settleMet(write: Write): Promise<void> {
		await heavy.due(write);
		await settleDue(write);
		await heavy.learn(write);
	}

	/** Those who rest too. */
	async function settleWaiting(write: Write): Promise<void> {
		if (!(await heavy.allDue(write))) return;
		await settleDue(write);
		await heavy.learn(write);
	}

	/** All or nothing; only while nothing else is written. */
	function atOnce<T>(work: (write: Write) => Promise<T>, write: Write = anew): Promise<T> {
		return committed(work, write, async () => {
			const days = await readUnrolled(anew);
			await unrolled.change(days, () => write(raw('commit')));
			version += 1;
		});
	}

	/** What no report reads: it changes no day, and answers that are kept stay true. */
	function putAside<T>(work: (write: Write) => Promise<T>): Promise<T> {
		return exclusively(() =>
			committed(work, anew, async () => {
				await anew(raw('commit'));
			})
		);
	}

	async function committed<T>(
		work: (write: Write) => Promise<T>,
		write: Write,
		commit: () => Promise<void>
	): Promise<T> {
		await write(raw('begin'));
		try {
			const result = await work(write);
			await commit();
			return result;
		} catch (thrown) {
			await write(raw('rollback')).catch(() => undefined);
			throw thrown;
		}
	}

	/** One after the other, all or nothing. */
	function transaction<T>(work: (write: Write) => Promise<T>, write?: Write): Promise<T> {
		return exclusively(() => atOnce(work, write));
	}

	/** The same of what may take the last event from an origin or client. */
	function leaving<T>(work: (write: Write) => Promise<T>): Promise<T> {
		return transaction((write) => {
			mayForget = true;
			return work(write);
		});
	}

	async function checkpoint(): Promise<void> {
		if (heavy.isAwaited()) await atOnce(settleWaiting);
		await forgetIds(anew);
		await anew(raw('checkpoint store'));
		// What a flood wrote would fill the memory with what nobody asks for.
		if (cores.isFlooded()) await forgetCached(writer, KEPT_IN_FLOODS, options.memoryLimit);
	}

	return {
		imports: openImportStore({
			transaction: leaving,
			putAside,
			checkpoint: () => exclusively(checkpoint),
			read: (query) => readers.query(query),
			cores
		}),
		files: openSiteFiles(transaction),
		position: () =>
			exclusively(async () => {
				const [row] = await run(writer, raw('select segment, "offset" as position from state'));
				return { segment: Number(row?.segment ?? 0), offset: Number(row?.position ?? 0) };
			}),
		append: (lines, position) => {
			cores.stepped(lines.length);
			return transaction(
				async (write) => {
					const stored = lines.length === 0 ? 0 : await appendLines(write, lines);
					if (stored > 0) await settleMet(write);
					await write(
						sql`update state set segment = ${position.segment}, "offset" = ${position.offset}`
					);
					return stored;
				},
				(query) => always(query)
			);
		},
		removeSite: async (site) => {
			await transaction(async (write) => {
				await removeSite(write, site);
				while ((await settleSome(write)) !== null);
				await forgetNumbered(write);
			});
			await exclusively(async () => {
				await checkpoint();
				await writeAnew(anew, options.file);
				await readers.replace(async () => {
					writer.closeSync();
					database.close();
					await putInPlace(options.file);
					database = await openFile(options);
					writer = await database.connect();
					always = prepareOnce(writer);
					cores.reopened();
					return connectReaders();
				});
				version += 1;
			});
		},
		holdsSite: async (site) => {
			const rows = await readers.query(sql`select 1 from events where site_id = ${site} limit 1`);
			return rows.length > 0;
		},
		replay: (linesUntil) =>
			leaving((write) => replayEvents(write, (lines) => storeReplayed(write, lines), linesUntil)),
		appendImport: (chunks) => transaction((write) => appendImport(write, chunks)),
		putCatalogue: async (site, posts, rules = NO_RULES) => {
			const digest = digestOf(site, posts, rules);
			if (await exclusively(() => holdsCatalogue(anew, site.id, digest))) return;
			await transaction(async (write) => {
				await putCatalogue(write, site, posts, rules);
				// Else topics would be new while facts are still the old ones.
				while ((await settleSome(write)) !== null);
			});
		},
		settle: async (onStep = () => undefined) => {
			let settled = 0;
			if (heavy.isAwaited()) await transaction(settleWaiting);
			const marked = await exclusively(() => markedDays(anew));
			for (;;) {
				const visitors = await transaction(settleSome);
				if (visitors === null) break;
				settled += visitors;
				onStep(visitors, 1 - (await exclusively(() => markedDays(anew))) / marked);
			}
			if (settled > 0 && mayForget)
				await transaction(async (write) => {
					mayForget = !(await forgetNumbered(write));
				});
			return settled;
		},
		rollUp: async (site, before) => {
			cores.calmed();
			if (heavy.hasDue()) await transaction(settleWaiting);
			// Asked each minute and mostly in vain, which should not look like a change to whoever keeps answers.
			const waits = await exclusively(() => hasUnrolled(anew, site, before));
			return waits ? transaction((write) => rollDays(write, site, before)) : 0;
		},
		touch: (site, range) =>
			transaction(async (write) => {
				await write(sql`
					insert into touched
					select site_id, day from events where ${inRange(site, range)}
					union
					select site_id, day from visits where ${inRange(site, range)}`);
			}),
		verify: (site, range) =>
			transaction(async (write) => {
				// What waits to be settled is not wrong yet.
				await settleWaiting(write);
				while ((await settleSome(write)) !== null);
				await write(sql`
					create or replace temporary table due as
					select distinct site_id, day, visitor from events where ${inRange(site, range)}`);
				await derive(write);
				const rows = inRange(site, range);
				const results = [...(await verifyRollups(write, rows))];
				for (const fact of FACTS)
					results.push(await verifyTable(write, fact, rows, raw(`(${DERIVED[fact]})`)));
				return results;
			}),
		query: async (query, options) => {
			if (typeof query !== 'function') return readers.query(query, options);
			for (;;) {
				const days = await unrolled.current();
				const rows = await readers.query(
					query((site) => days.get(site) ?? []),
					options
				);
				if (unrolled.isStill(days)) return rows;
			}
		},
		version: () => version,
		checkpoint: () => exclusively(checkpoint),
		frozen: (work) =>
			exclusively(async () => {
				await checkpoint();
				return work();
			}),
		close: () =>
			exclusively(async () => {
				await checkpoint();
				readers.close();
				writer.closeSync();
				database.close();
			})
	};
}

function openFile(options: DuckDbOptions): Promise<Database> {
	return openDatabase(options.file, 'write', {
		memory_limit: options.memoryLimit,
		threads: String(options.threads),
		temp_directory: options.tempDirectory,
		preserve_insertion_order: 'true',
		autoinstall_known_extensions: 'false',
		// Memory that a checkpoint frees goes back to the machine.
		allocator_background_threads: 'true',
		// Else every commit of more than 100 kB writes the file out; when to is the writer's decision.
		checkpoint_threshold: '1TB'
	});
}

function inRange(site: number, range: DayRange | undefined): Sql {
	return range === undefined
		? sql`site_id = ${site}`
		: sql`site_id = ${site} and day >= ${range.from}::date and day <= ${range.to}::date`;
}

async function migrate(writer: DuckDBConnection): Promise<void> {
	const write: Write = (query) => run(writer, query);
	await write(raw('create table if not exists migrations (number integer not null)'));
	const [row] = await write(raw('select coalesce(max(number), 0) as number from migrations'));
	const pending = MIGRATIONS.filter((step) => step.number > Number(row?.number));
	if (pending.length === 0) return;
	await write(raw('begin'));
	for (const step of pending) {
		for (const statement of step.statements) await write(raw(statement));
		await write(sql`insert into migrations values (${step.number})`);
	}
	await write(raw('commit'));
	await write(raw('checkpoint store'));
}

async function appendLines(write: Write, lines: readonly string[]): Promise<number> {
	await write(sql`
		create or replace temporary table incoming as
		select position, e.received, md5_number(e.id) as id, ${raw(eventColumns('e'))}
		from (${parsedLines(lines)})`);
	// The window sees three columns: with all of them it took as long as the parsing.
	await write(sql`
		delete from incoming where position in (
			select position from (select site_id, id, position from incoming)
			qualify row_number() over (partition by site_id, id order by position) > 1
			union all
			select i.position from incoming i
			join event_ids known on known.site_id = i.site_id and known.id = i.id
				and known.received > i.received - ${REPEAT_WINDOW_MS}
		)`);
	const stored = await storeIncoming(write, 'e.position');
	if (stored > 0)
		await write(raw('insert into event_ids select site_id, id, received from incoming'));
	return stored;
}

async function storeReplayed(write: Write, lines: readonly string[]): Promise<number> {
	const stored = await appendLines(write, lines);
	await forgetIds(write);
	return stored;
}

async function appendImport(write: Write, chunks: LineChunks): Promise<number> {
	const rowsOf = (lines: readonly string[], base: number): Sql => sql`
		select ${base}::bigint + position as position, e.received, null::uhugeint as id, ${raw(eventColumns('e'))}
		from (${parsedLines(lines)})`;
	await write(sql`create or replace temporary table incoming as ${rowsOf([], 0)} where false`);
	let base = 0;
	for await (const lines of chunks) {
		if (lines.length === 0) continue;
		await write(sql`insert into incoming ${rowsOf(lines, base)}`);
		base += lines.length;
	}
	await leaveOut(write, 'incoming', 'true');
	await write(raw('delete from incoming where position in (select position from left_out)'));
	const stored = await storeIncoming(write, 'e.day, e.ts, e.position');
	if (stored > 0)
		await write(raw('insert into touched select distinct site_id, day from incoming'));
	await write(raw('drop table incoming'));
	await write(raw('drop table left_out'));
	return stored;
}

/** Derives the facts of the visitors in the temporary table `due`. */
async function settleDue(write: Write): Promise<void> {
	await unroll(write, 'select site_id, day from due');
	await derive(write);
	for (const fact of FACTS) {
		await write(
			raw(`delete from ${fact} f using due
				where f.site_id = due.site_id and f.day = due.day and f.visitor = due.visitor`)
		);
		await write(raw(`insert into ${fact} ${DERIVED[fact]}`));
	}
}

/** Days that wait to be settled. */
async function markedDays(write: Write): Promise<number> {
	const [row] = await write(
		raw('select count(*) as days from (select distinct site_id, day from touched)')
	);
	return Number(row?.['days']);
}

/** Forgets what no event came from any more, once no fact says so either: else false. */
async function forgetNumbered(write: Write): Promise<boolean> {
	const [left] = await write(raw('select count(*) as days from touched'));
	if (left?.['days'] !== 0) return false;
	for (const statement of FORGET_STATEMENTS) await write(raw(statement));
	return true;
}

/** Settles some of the days that are marked; returns the number of visitor-days, null where none is left. */
async function settleSome(write: Write): Promise<number | null> {
	const [left] = await write(raw('select count(*) as days from touched'));
	if (left?.['days'] === 0) return null;
	await write(
		raw(`create or replace temporary table marked as
			with days as (select distinct site_id, day from touched),
			sizes as (
				select days.site_id, days.day, count(e.seq) as events
				from days left join events e on e.site_id = days.site_id and e.day = days.day
				group by days.site_id, days.day
			)
			select site_id, day from sizes
			qualify sum(events) over (order by site_id, day) - events < ${SETTLED_AT_ONCE}`)
	);
	await write(
		raw(`create or replace temporary table due as
			select distinct e.site_id, e.day, e.visitor from events e semi join marked using (site_id, day)`)
	);
	const [row] = await write(raw('select count(*) as visitors from due'));
	await unroll(write, 'select site_id, day from marked');
	// A visitor-day that has no event any more is not due, and goes.
	for (const fact of FACTS)
		await write(
			raw(`delete from ${fact} f using marked
				where f.site_id = marked.site_id and f.day = marked.day`)
		);
	await derive(write);
	for (const fact of FACTS) await write(raw(`insert into ${fact} ${DERIVED[fact]}`));
	await write(
		raw(`delete from touched t using marked
			where t.site_id = marked.site_id and t.day = marked.day`)
	);
	return Number(row?.visitors);
}

async function derive(write: Write): Promise<void> {
	await foldNewPages(write);
	for (const { table, query } of WORKING)
		await write(raw(`create or replace temporary table ${table} as ${query}`));
}
