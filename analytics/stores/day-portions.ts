import { z } from 'zod';
import type { EventStore } from './event-store.ts';
import { FACTS } from './schema.ts';
import { join, raw, sql, type Sql } from './sql.ts';

/** Days, first and last included, as `YYYY-MM-DD`. */
export interface Days {
	readonly from: string;
	readonly to: string;
}

const portionRow = z.object({ from: z.string(), to: z.string() });

/** All days of a site that have events or facts, or those in a range, in portions of about so many events each. */
export async function dayPortions(
	store: Pick<EventStore, 'query'>,
	site: number,
	most: number,
	range: Days | undefined
): Promise<readonly Days[]> {
	const inRange =
		range === undefined ? sql`` : sql` and day >= ${range.from}::date and day <= ${range.to}::date`;
	const rowsOf = (table: string): Sql => sql`
		select day, ${raw(table === 'events' ? 'count(*)' : '0')} as events
		from ${raw(table)} where site_id = ${site}${inRange} group by day`;
	const rows = await store.query(sql`
		with days as (
			select day, sum(events) as events
			from (${join(['events', ...FACTS].map(rowsOf), ' union all ')}) group by day
		),
		sums as (select day, sum(events) over (order by day) - events as before from days)
		select min(day)::varchar as "from", max(day)::varchar as "to" from sums
		group by before // ${most} order by 1`);
	return z.array(portionRow).parse(rows);
}
