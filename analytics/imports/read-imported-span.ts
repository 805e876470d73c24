import { pageConditions, scopeConditions } from '../query/scope-conditions.ts';
import type { Scope } from '../query/scope.ts';
import type { Site } from '../posts/site.ts';
import type { EventStore } from '../stores/event-store.ts';
import { join, raw, sql } from '../stores/sql.ts';
import { FIGURE_TOOLS } from './figure-tables.ts';
import type { ImportedSpan } from './imported-span.ts';

/** The days of a site for which only figures of other tools exist, of the pages in a scope; null where there are none. */
export async function readImportedSpan(
	store: Pick<EventStore, 'query'>,
	site: Site,
	scope: Scope,
	firstOwnDay: string | null
): Promise<Omit<ImportedSpan, 'counted'> | null> {
	const { ofPages } = scopeConditions(scope);
	const columns = { page: raw('i.value'), post: raw('known.post_id') };
	const seen =
		ofPages.length === 0
			? raw('')
			: sql` and i.dimension = 'page' and ${join(pageConditions(ofPages, site.id, columns), ' and ')}`;
	const rows = await store.query(sql`
		select m.format, min(i.day)::varchar as first_day, max(i.day)::varchar as last_day
		from imported i join imports m on m.id = i.import_id and m.state = 'done'
		left join post_paths known on known.site_id = i.site_id and known.page = i.value
		where i.site_id = ${site.id} and i.day is not null
			and (${firstOwnDay}::date is null or i.day < ${firstOwnDay}::date)${seen}
		group by m.format order by m.format`);
	const days = rows.flatMap((row) => [String(row['first_day']), String(row['last_day'])]).sort();
	const [from, until] = [days[0], days.at(-1)];
	if (from === undefined || until === undefined) return null;
	const tools = rows.map((row) => FIGURE_TOOLS.get(String(row['format'])) ?? String(row['format']));
	return { from, until, tools };
}
