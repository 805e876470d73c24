import { z } from 'zod';
import { Failure } from '../../failure.ts';
import type { EventBlock, ImportedFigures, ImportRecord, ImportStore } from '../import-store.ts';
import { CLIENTS, keyOfNumbered, numberStatement, ORIGINS } from '../numbered.ts';
import { raw, sql } from '../sql.ts';
import type { CoreShare } from './core-share.ts';
import { IMPORT_FIELDS, textColumns } from './event-columns.ts';
import { foldImportedPages } from './fold-pages.ts';
import { leaveOut } from './leave-out.ts';
import { parsedLines } from './parsed-lines.ts';
import { storeNumbered } from './store-incoming.ts';
import type { Write } from './write.ts';

/** Rows put aside between two checkpoints: what a killed import does again at most. */
const CHECKPOINT_ROWS = 250_000;

/** Rows of a portion that is moved at once. */
const PORTION_ROWS = 150_000;

const FIGURES = {
	day: 'date',
	dimension: 'varchar',
	value: 'varchar',
	visitors: 'bigint',
	visits: 'bigint',
	page_views: 'bigint',
	bounces: 'bigint',
	visit_seconds: 'bigint',
	subscribes: 'bigint',
	cta_impressions: 'bigint',
	cta_clicks: 'bigint'
} as const satisfies Record<keyof ImportedFigures, string>;

const importRow = z
	.object({
		id: z.number(),
		site_id: z.number(),
		format: z.string(),
		files: z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json))),
		state: z.enum(['running', 'done', 'removed']),
		started: z.number(),
		finished: z.number().nullable(),
		rows: z.number(),
		first_day: z.string().nullable(),
		last_day: z.string().nullable(),
		through: z.number()
	})
	.transform(({ site_id: site, first_day: from, last_day: to, ...row }): ImportRecord => ({
		...row,
		site,
		from,
		to
	}));

interface Parts {
	readonly transaction: <T>(work: (write: Write) => Promise<T>) => Promise<T>;
	/** A transaction of rows that no report reads. */
	readonly putAside: <T>(work: (write: Write) => Promise<T>) => Promise<T>;
	readonly checkpoint: () => Promise<void>;
	/** Reads without waiting for what is being written. */
	readonly read: Write;
	readonly cores: Pick<CoreShare, 'stepped' | 'ended'>;
}

/** Imports in DuckDB: their record changes in the same transaction as their rows. */
export function openImportStore({
	transaction,
	putAside,
	checkpoint,
	read,
	cores
}: Parts): ImportStore {
	const running = new Set<number>();
	let sinceCheckpoint = 0;

	async function put(rows: number): Promise<void> {
		sinceCheckpoint += rows;
		if (sinceCheckpoint < CHECKPOINT_ROWS) return;
		sinceCheckpoint = 0;
		await checkpoint();
	}

	return {
		list: async (site) => {
			const rows = await read(sql`
				select * exclude (contents, summary) from imports
				where ${site ?? null}::integer is null or site_id = ${site ?? null}::integer
				order by id desc`);
			return z.array(importRow).parse(rows);
		},
		summary: async (id) => {
			const [row] = await read(sql`select summary from imports where id = ${id}`);
			return typeof row?.['summary'] === 'string' ? row['summary'] : null;
		},
		begin: async ({ site, format, files, contents }, now) => {
			const record = await transaction(async (write) => {
				const known = await write(sql`
					select id from imports
					where site_id = ${site} and format = ${format} and contents = ${contents}`);
				if (known.length === 0)
					await write(sql`
						insert into imports
						select coalesce((select max(id) from imports), 0) + 1, ${site}, ${format}, ${contents},
							${JSON.stringify(files)}, 'running', ${now}, null, 0, null, null, 0, null`);
				else
					await write(sql`
						update imports set state = 'running', through = case state when 'running' then through else 0 end
						where id = ${Number(known[0]?.['id'])} and (state <> 'done' or not exists (
							select 1 from imported where import_id = id))`);
				const rows = await write(sql`
					select * exclude (contents, summary) from imports
					where site_id = ${site} and format = ${format} and contents = ${contents}`);
				return importRow.parse(rows[0]);
			});
			if (running.has(record.id))
				throw new Failure('bad_argument', `Import ${record.id} of these files is running already.`);
			running.add(record.id);
			return record;
		},
		stage: async (record, block, now) => {
			const rows = await putAside(async (write) => {
				const staged = block.lines.length === 0 ? 0 : await stageBlock(write, record, block, now);
				await write(sql`update imports set through = ${block.through} where id = ${record.id}`);
				return staged;
			});
			cores.stepped(rows);
			await put(rows);
		},
		stageFigures: async ({ id, site }, rows) => {
			await transaction((write) =>
				write(sql`
					insert into imported
					select ${id}, ${site}, unnest(from_json(${JSON.stringify(rows)}, ${JSON.stringify([FIGURES])}), recursive := true)`)
			);
			await put(rows.length);
		},
		dropFigures: (id) =>
			transaction(async (write) => {
				await write(sql`delete from imported where import_id = ${id}`);
			}),
		finish: (id, summary, now) => {
			cores.ended();
			return transaction(async (write) => {
				const before = await countRows(write, id);
				for (const days of await portionsOf(write, id)) await countStaged(write, id, days);
				await write(sql`delete from staged where import_id = ${id}`);
				const after = await countRows(write, id);
				const [counted] = await write(
					sql`select count(*) as figures from imported where import_id = ${id}`
				);
				const figures = Number(counted?.['figures']);
				if (figures > 0) await foldImportedPages(write, id);
				await write(sql`
					with days as (
						select day from events where import_id = ${id}
						union all select day from imported where import_id = ${id}
					)
					update imports set state = 'done', finished = ${now}, "rows" = ${after + figures}, summary = ${summary},
						through = 0, first_day = (select min(day) from days), last_day = (select max(day) from days)
					where id = ${id}`);
				return after - before + figures;
			});
		},
		isRunning: (id) => running.has(id),
		leave: (id) => {
			running.delete(id);
		},
		abandon: (id, now) =>
			transaction(async (write) => {
				for (const table of ['staged', 'imported'])
					await write(sql`delete from ${raw(table)} where import_id = ${id}`);
				await write(sql`
					update imports set state = case when "rows" > 0 then 'done' else 'removed' end,
						finished = ${now}, through = 0
					where id = ${id}`);
			}),
		remove: (id, now) => {
			if (running.has(id))
				return Promise.reject(new Failure('bad_argument', `Import ${id} is running.`));
			return transaction(async (write) => {
				await write(sql`
					insert into touched select distinct site_id, day from events where import_id = ${id}`);
				for (const table of ['events', 'staged', 'imported'])
					await write(sql`delete from ${raw(table)} where import_id = ${id}`);
				await write(sql`
					update imports set state = 'removed', finished = ${now}, "rows" = 0, through = 0,
						first_day = null, last_day = null
					where id = ${id}`);
			});
		}
	};
}

async function stageBlock(
	write: Write,
	{ id, site }: Pick<ImportRecord, 'id' | 'site'>,
	{ lines, origins, clients }: EventBlock,
	now: number
): Promise<number> {
	for (const [numbered, texts] of [
		[ORIGINS, origins],
		[CLIENTS, clients]
	] as const) {
		const { table, columns } = numbered;
		await write(sql`
			create or replace temporary table ${raw(`block_${table}`)} as
			select position, ${raw(textColumns('e', columns))} from (${parsedLines(texts)})`);
		await write(raw(numberStatement(numbered, `block_${table}`)));
	}
	const [inserted] = await write(sql`
		insert into staged
		select ${id}, (select coalesce(max(position), 0) from staged where import_id = ${id}) + l.position, ${now},
			${site}, e.day::date, e.hour, e.ts, ('0x' || e.visitor)::ubigint, e.name, e.page, origin, client,
			('0x' || e."importLine")::ubigint
		from (${parsedLines(lines, IMPORT_FIELDS)}) l
		join (
			select b.position as origin_at, origin from block_origins b
			join origins on origins.key = ${raw(keyOfNumbered(ORIGINS, 'b'))}
		) on origin_at = e.origin
		join (
			select b.position as client_at, client from block_clients b
			join clients on clients.key = ${raw(keyOfNumbered(CLIENTS, 'b'))}
		) on client_at = e.client`);
	return Number(inserted?.['Count']);
}

/** Events of an import that count. Its figures are all there or none. */
async function countRows(write: Write, id: number): Promise<number> {
	const [row] = await write(sql`
		select (select count(*) from events where import_id = ${id}) as rows`);
	return Number(row?.['rows']);
}

interface Days {
	readonly from: string;
	readonly to: string;
}

/** Whole days put aside, in order, a portion of them at a time: what is moved at once is held in memory. */
async function portionsOf(write: Write, id: number): Promise<readonly Days[]> {
	const rows = await write(sql`
		with days as (select day, count(*) as events from staged where import_id = ${id} group by day),
		sums as (select day, sum(events) over (order by day) - events as before from days)
		select min(day)::varchar as "from", max(day)::varchar as "to" from sums
		group by before // ${PORTION_ROWS} order by 1`);
	return z.array(z.object({ from: z.string(), to: z.string() })).parse(rows);
}

/** Moves events put aside to those that count. */
async function countStaged(write: Write, id: number, { from, to }: Days): Promise<void> {
	const isOf = `e.import_id = ${Math.trunc(id)} and e.day between '${from}'::date and '${to}'::date`;
	await leaveOut(write, 'staged', isOf);
	// A view, which needs no memory for rows that are on disk already.
	await write(raw('drop table if exists incoming'));
	await write(
		raw(`create or replace temporary view incoming as
			select *, null::uhugeint as id, 0::bigint as seq, null::ubigint as page_view from staged e
			where ${isOf} and position not in (select position from left_out)`)
	);
	if ((await storeNumbered(write, 'e.day, e.ts, e.position')) > 0)
		await write(raw('insert into touched select distinct site_id, day from incoming'));
	await write(raw('drop view incoming'));
	await write(raw('drop table left_out'));
}
