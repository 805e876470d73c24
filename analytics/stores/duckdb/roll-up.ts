import {
	MONTH_TABLES,
	ROLLUP_SCHEMA,
	ROLLUP_TABLES,
	ROLLUP_VERSION,
	rollStatements
} from '../rollups.ts';
import { raw, sql, type Sql } from '../sql.ts';
import { verifyTable, type Verified } from './verify-table.ts';
import type { Write } from './write.ts';

const AGAIN = 'again_';
/** Summed up in one transaction: events that come meanwhile wait for it. */
const MOST_DAYS = 92;
const MOST_READINGS = 100_000;

/** Makes the roll-ups' tables anew where their definition changed, so that all days are to be summed up again. */
export async function prepareRollups(write: Write): Promise<void> {
	const [row] = await write(raw('select max(version) as version from rollups'));
	if (row?.['version'] === ROLLUP_VERSION) return;
	await write(raw('begin'));
	for (const statement of ROLLUP_SCHEMA) await write(raw(statement));
	await write(raw('delete from rollups'));
	await write(sql`insert into rollups values (${ROLLUP_VERSION})`);
	await write(raw('delete from unrolled'));
	await write(raw('insert into unrolled select distinct site_id, day from readings'));
	await write(raw('commit'));
}

/**
 * Takes days out of the roll-ups, since their facts change in the same transaction. `days` selects `site_id, day`;
 * those that are out already cost next to nothing.
 */
export async function unroll(write: Write, days: string): Promise<void> {
	await write(
		raw(`create or replace temporary table changing as
			select distinct site_id, day from (${days}) anti join unrolled using (site_id, day)`)
	);
	const [row] = await write(raw('select count(*) as days from changing'));
	if (row?.['days'] === 0) return;
	await write(raw('insert into unrolled from changing'));
	for (const table of ROLLUP_TABLES)
		await write(
			raw(`delete from ${table} d using changing
				where d.site_id = changing.site_id and d.day = changing.day`)
		);
	for (const { table } of MONTH_TABLES)
		await write(
			raw(`delete from ${table} m using changing
				where m.site_id = changing.site_id and m.day = date_trunc('month', changing.day)`)
		);
}

/** The days of each site that wait to be summed up. */
export async function readUnrolled(write: Write): Promise<ReadonlyMap<number, readonly string[]>> {
	const rows = await write(raw('select site_id, day::varchar as day from unrolled order by all'));
	const bySite = Map.groupBy(rows, ({ site_id: site }) => Number(site));
	return new Map([...bySite].map(([site, days]) => [site, days.map(({ day }) => String(day))]));
}

/** Whether days of a site before a day wait to be summed up. */
export async function hasUnrolled(write: Write, site: number, before: string): Promise<boolean> {
	const [row] = await write(sql`
		select count(*) as days from unrolled where site_id = ${site} and day < ${before}::date`);
	return Number(row?.['days']) > 0;
}

/**
 * Sums up the first days of a site before a day that wait for it: as many as have some number of readings together.
 * Returns their number.
 */
export async function rollDays(write: Write, site: number, before: string): Promise<number> {
	await write(sql`
		create or replace temporary table rolling as
		with waiting as (
			select day from unrolled where site_id = ${site} and day < ${before}::date
			order by day limit ${MOST_DAYS}
		),
		sizes as (
			select waiting.day, count(f.day) as readings
			from waiting left join readings f on f.site_id = ${site} and f.day = waiting.day
			group by waiting.day
		)
		select ${site}::integer as site_id, day from sizes
		qualify sum(readings) over (order by day) - readings < ${MOST_READINGS}`);
	for (const statement of rollStatements()) await write(raw(statement));
	await write(
		raw(`delete from unrolled u using rolling
			where u.site_id = rolling.site_id and u.day = rolling.day`)
	);
	await wholeMonths(write);
	for (const { table, rollInto } of MONTH_TABLES) await write(raw(rollInto(table)));
	const [row] = await write(raw('select count(*) as days from rolling'));
	return Number(row?.['days']);
}

/** The months of `rolling` of which no day waits to be summed up, as `whole (site_id, month)`. */
async function wholeMonths(write: Write): Promise<void> {
	await write(
		raw(`create or replace temporary table whole as
			select site_id, date_trunc('month', day)::date as month from rolling
			except select site_id, date_trunc('month', day)::date from unrolled`)
	);
}

/** For each roll-up the rows of the summed-up days in a range, and how many of them differ from what the facts say. */
export async function verifyRollups(write: Write, inRange: Sql): Promise<readonly Verified[]> {
	await write(sql`
		create or replace temporary table rolling as
		select distinct site_id, day from readings where ${inRange}
		except select site_id, day from unrolled`);
	for (const table of ROLLUP_TABLES)
		await write(
			raw(`create or replace temporary table ${AGAIN}${table} as select * from ${table} limit 0`)
		);
	for (const statement of rollStatements(AGAIN)) await write(raw(statement));
	const results: Verified[] = [];
	for (const table of ROLLUP_TABLES) {
		const again = raw(`${AGAIN}${table}`);
		results.push(await verifyTable(write, table, inRange, again));
		await write(sql`drop table ${again}`);
	}
	await wholeMonths(write);
	const inMonths = raw('(site_id, day) in (select (site_id, month) from whole)');
	for (const { table, rollInto } of MONTH_TABLES) {
		const again = raw(`${AGAIN}${table}`);
		await write(sql`create or replace temporary table ${again} as from ${raw(table)} limit 0`);
		await write(raw(rollInto(`${AGAIN}${table}`)));
		results.push(await verifyTable(write, table, inMonths, again));
		await write(sql`drop table ${again}`);
	}
	return results;
}
