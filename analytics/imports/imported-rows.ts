import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import { describeSource } from '../enrich/source.ts';
import type { Grouping } from '../query/compile.ts';
import { dateExpression } from '../query/group-expressions.ts';
import { matches, test } from '../query/filter-condition.ts';
import type { Condition, FilterTree } from '../query/filter-tree.ts';
import type { Interval } from '../query/period.ts';
import { scopeConditions } from '../query/scope-conditions.ts';
import type { Scope } from '../query/scope.ts';
import type { DateRange } from '../reports/result.ts';
import type { EventStore, StoreRow } from '../stores/event-store.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';
import type { ImportedSpan } from './imported-span.ts';
import { importedTable } from './imported-table.ts';

interface Asked {
	readonly site: number;
	readonly range: DateRange;
	readonly interval: Interval;
	readonly filters: readonly FilterTree[];
	readonly by: readonly Grouping[];
	readonly postsOnly?: boolean | undefined;
	readonly imported: ImportedSpan;
}

const SUMS = ['visitors', 'visits', 'page_views', 'bounces', 'visit_seconds'] as const;

/**
 * Base metrics that other tools counted, by the same groups as the facts are asked: only what one of their tables
 * knows, so nothing where two dimensions would have to be crossed. Null where they have no part in the answer. A metric
 * that the tool did not count is null.
 */
export async function importedRows(
	store: Pick<EventStore, 'query'>,
	{ scope, ...question }: Asked & { readonly scope: Scope }
): Promise<readonly StoreRow[] | null> {
	const { ofPages, ofReaders } = scopeConditions(scope);
	const filters = [...ofPages, ...ofReaders, ...question.filters];
	const asked = { ...question, filters };
	const { range, interval, imported, by, postsOnly } = asked;
	if (!imported.counted || range.from > imported.until || range.to < imported.from) return null;
	if (range.since !== undefined) return null;
	// No tool says of which hour its figures are.
	if (interval === 'hour' && by.includes('date')) return null;
	const conditions = filters.filter((filter) => 'dimension' in filter);
	if (conditions.length < filters.length) return null;
	const keys = by.filter((key) => key !== 'date');
	const table = importedTable({ by: keys, filters: conditions, postsOnly });
	if (table === null) return null;
	const rows = await store.query(
		table === 'whole'
			? wholeSql(asked)
			: table === 'page'
				? pagesSql(asked)
				: tableSql(table, asked)
	);
	return by.includes('channel') ? withChannels(rows, by) : rows;
}

/** Rows of imports that count. Where two know the same table of a day, the later import does. */
function chosen(dimensions: readonly string[], { site, range, imported }: Asked): Sql {
	const to = range.to < imported.until ? range.to : imported.until;
	return sql`
		select i.* from imported i join imports m on m.id = i.import_id and m.state = 'done'
		where i.site_id = ${site} and i.day >= ${range.from}::date and i.day <= ${to}::date
			and i.dimension in (${join(
				dimensions.map((dimension) => sql`${dimension}`),
				', '
			)})
		qualify dense_rank() over (partition by i.day, i.dimension order by i.import_id desc) = 1`;
}

const summed = (names: readonly string[]): Sql =>
	join(
		names.map((name) => sql`sum(f.${identifier(name)})::double as ${identifier(name)}`),
		', '
	);

function dateOf({ by, interval, range }: Asked): readonly Sql[] {
	return by.includes('date')
		? [sql`${dateExpression(interval, range.from)} as ${identifier('date')}`]
		: [];
}

const grouped = (by: readonly Grouping[]): Sql => raw(by.length === 0 ? '' : ' group by all');

/** A tool that has no table of the whole site has counted the page views of its pages, but no visitors of the site. */
function wholeSql(asked: Asked): Sql {
	const columns = SUMS.map((name) =>
		name === 'page_views'
			? raw('page_views')
			: sql`if(dimension = 'site', ${identifier(name)}, null) as ${identifier(name)}`
	);
	return sql`
		with chosen as (${chosen(['site', 'page'], asked)})
		select ${join([...dateOf(asked), summed(SUMS)], ', ')}
		from (
			select day, ${join(columns, ', ')} from chosen
			where dimension = 'site' or day not in (select day from chosen where dimension = 'site')
		) f${grouped(asked.by)}`;
}

function pagesSql(asked: Asked): Sql {
	const { site, by, filters, postsOnly } = asked;
	const conditions = filters.filter((filter) => 'dimension' in filter);
	const keys = by.filter((key) => key !== 'date');
	const vias = keys.flatMap((key) => DIMENSIONS[key].via ?? []);
	const keyOf = (key: DimensionId): Sql => {
		const { via } = DIMENSIONS[key];
		const column =
			via !== undefined
				? sql`coalesce(${identifier(via.table)}.${identifier(via.column)}, '')`
				: raw(key === 'post' ? 'coalesce(known.post_id, -1)' : 'f.value');
		return sql`${column} as ${identifier(key)}`;
	};
	// Visitors of several pages are not the sum of each page's.
	const isOnePage =
		keys.some((key) => key === 'post' || key === 'page') || conditions.some(isOfOnePage);
	const figures = join(
		[
			counted('page_views', 'page_views', raw('true')),
			...(isOnePage
				? [
						counted('visitors', 'visitors', raw('true')),
						counted('visits', 'viewing_visits', raw('true')),
						counted('visitors', 'readers', raw('known.post_id is not null'))
					]
				: []),
			landed('entry_page', 'entrances'),
			landed('exit_page', 'exits')
		],
		', '
	);
	const where = conditions.map((filter) =>
		filter.dimension === 'page'
			? test(raw('f.value'), filter)
			: matches(DIMENSIONS[filter.dimension], raw('known.post_id'), filter, sql`${site}`)
	);
	return sql`
		with chosen as (
			select c.* replace (coalesce(fold.folded, c.value) as value)
			from (${chosen(['page', 'entry_page', 'exit_page'], asked)}) c
			left join page_folds fold on fold.site_id = ${site} and fold.page = c.value
		)
		select ${join([...dateOf(asked), ...keys.map(keyOf), figures], ', ')}
		from chosen f
		left join post_paths known on known.site_id = ${site} and known.page = f.value${join(
			vias.map(
				({ table }) => sql`
		left join ${identifier(table)} on ${identifier(table)}.site_id = ${site}
			and ${identifier(table)}.post_id = known.post_id`
			),
			''
		)}
		where ${join([...where, ...(postsOnly === true ? [raw('known.post_id is not null')] : [])], ' and ', 'true')}${grouped(by)}`;
}

/** Sums of a column of the pages' own table. */
function counted(column: string, as: string, where: Sql): Sql {
	return sql`sum(f.${identifier(column)}) filter (where f.dimension = 'page' and ${where})::double as ${identifier(as)}`;
}

/** Visits that began or ended on a page: each did on one, so they add up. Missing where a day has no such table. */
function landed(dimension: 'entry_page' | 'exit_page', as: string): Sql {
	return sql`if(
		bool_or(f.dimension = 'page' and f.day not in (select day from chosen where dimension = ${dimension})),
		null, coalesce(sum(f.visits) filter (where f.dimension = ${dimension}), 0)
	)::double as ${identifier(as)}`;
}

function isOfOnePage({ dimension, operator, values }: Condition): boolean {
	return (dimension === 'post' || dimension === 'page') && operator === 'is' && values.length === 1;
}

function tableSql(dimension: DimensionId, asked: Asked): Sql {
	const { by, filters } = asked;
	const where = filters
		.filter((filter) => 'dimension' in filter)
		.map((filter) => test(raw('f.value'), filter));
	const keys = by.some((key) => key !== 'date') ? [sql`f.value as ${identifier(dimension)}`] : [];
	return sql`
		with chosen as (${chosen([dimension], asked)})
		select ${join([...dateOf(asked), ...keys, summed(SUMS)], ', ')}
		from chosen f where ${join(where, ' and ', 'true')}${grouped(by)}`;
}

/** The channel follows from the source; a group may be of several sources then. */
function withChannels(rows: readonly StoreRow[], by: readonly Grouping[]): readonly StoreRow[] {
	const groups = new Map<string, Record<string, StoreRow[string]>>();
	for (const row of rows) {
		const keyed: Record<string, StoreRow[string]> = {
			...row,
			channel: channelOf(String(row['source']))
		};
		const key = JSON.stringify(by.map((name) => keyed[name]));
		const before = groups.get(key);
		for (const name of SUMS) {
			const [a, b] = [before?.[name], keyed[name]];
			if (typeof a === 'number') keyed[name] = typeof b === 'number' ? a + b : a;
		}
		groups.set(key, keyed);
	}
	return [...groups.values()];
}

function channelOf(source: string): string {
	if (source === '') return '';
	const params = source === 'Direct' ? {} : { utm_source: source };
	return describeSource({ params: new URLSearchParams(params), ownHosts: [] }).channel;
}
