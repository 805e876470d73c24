import { pageConditions, scopeConditions } from '../query/scope-conditions.ts';
import type { Scope } from '../query/scope.ts';
import type { Site } from '../posts/site.ts';
import type { EventStore } from '../stores/event-store.ts';
import { join, raw, sql } from '../stores/sql.ts';
import { FIGURE_TOOLS } from './figure-tables.ts';
import type { ImportedSpan } from './imported-span.ts';
import type { ImportedTable } from './imported-table.ts';

const TABLES_OF: Readonly<Record<string, readonly ImportedTable[]>> = {
	site: ['whole'],
	page: ['whole', 'page']
};

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
		select m.format, i.dimension, min(i.day)::varchar as first_day, max(i.day)::varchar as last_day
		from imported i join imports m on m.id = i.import_id and m.state = 'done'
		left join post_paths known on known.site_id = i.site_id and known.page = i.value
		where i.site_id = ${site.id} and i.day is not null
			and (${firstOwnDay}::date is null or i.day < ${firstOwnDay}::date)${seen}
		group by all order by m.format, i.dimension`);
	const days = rows.flatMap((row) => [String(row['first_day']), String(row['last_day'])]).sort();
	const [from, until] = [days[0], days.at(-1)];
	if (from === undefined || until === undefined) return null;
	const counted = rows.map((row) => ({
		tool: FIGURE_TOOLS.get(String(row['format'])) ?? String(row['format']),
		dimension: String(row['dimension'])
	}));
	const tables = new Map<string, Set<string>>();
	for (const { tool, dimension } of counted)
		// Page views of a site are those of its pages where a tool says no more.
		for (const table of TABLES_OF[dimension] ?? [dimension])
			tables.set(table, (tables.get(table) ?? new Set()).add(tool));
	return {
		from,
		until,
		tools: [...new Set(counted.map(({ tool }) => tool))],
		tables: Object.fromEntries([...tables].map(([table, tools]) => [table, [...tools]]))
	};
}
