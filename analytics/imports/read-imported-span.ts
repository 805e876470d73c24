import type { Site } from '../posts/site.ts';
import type { EventStore } from '../stores/event-store.ts';
import { sql } from '../stores/sql.ts';
import { FIGURE_TOOLS } from './figure-tables.ts';
import type { ImportedSpan } from './imported-span.ts';

/** The days of a site for which only figures of other tools exist; null where there are none. */
export async function readImportedSpan(
	store: Pick<EventStore, 'query'>,
	site: Site,
	firstOwnDay: string | null
): Promise<Omit<ImportedSpan, 'counted'> | null> {
	const rows = await store.query(sql`
		select m.format, min(i.day)::varchar as first_day, max(i.day)::varchar as last_day
		from imported i join imports m on m.id = i.import_id and m.state = 'done'
		where i.site_id = ${site.id} and i.day is not null
			and (${firstOwnDay}::date is null or i.day < ${firstOwnDay}::date)
		group by m.format order by m.format`);
	const days = rows.flatMap((row) => [String(row['first_day']), String(row['last_day'])]).sort();
	const [from, until] = [days[0], days.at(-1)];
	if (from === undefined || until === undefined) return null;
	const tools = rows.map((row) => FIGURE_TOOLS.get(String(row['format'])) ?? String(row['format']));
	return { from, until, tools };
}
