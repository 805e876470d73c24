import type { EventStore, StoreRow } from '../../analytics/stores/event-store.ts';
import { raw, sql, type Sql } from '../../analytics/stores/sql.ts';
import type { DateRange, Filter, Row } from '../../analytics/reports/result.ts';

/** A question put in two ways: to a report, and by hand to `events`. */
export interface Reference {
	readonly name: string;
	readonly report: 'overview' | 'posts';
	readonly period: '12m' | '30d';
	readonly filters: readonly Filter[];
	/** Column that tells the rows apart; null compares the totals. */
	readonly key: string | null;
	readonly figures: readonly string[];
	readonly query: (site: number, range: DateRange) => Sql;
}

const MATCHING: readonly Filter[] = [
	{ dimension: 'country', operator: 'is', values: ['DE'] },
	{ dimension: 'device', operator: 'is', values: ['mobile'] }
];

/** Events of a range with the post of their page. */
const eventsOf = (site: number, { from, to }: DateRange, and: string): Sql => sql`
	select e.*, p.post_id
	from events e join origins using (origin) join clients using (client)
	left join post_paths p on p.site_id = e.site_id and p.page = e.page
	where e.site_id = ${site} and e.day between ${from}::date and ${to}::date${raw(and)}`;

const totals =
	(and: string) =>
	(site: number, range: DateRange): Sql => sql`
		select count(distinct (day, visitor)) as visitors,
			count(*) filter (where name = 'pageview') as page_views,
			count(distinct (day, visitor)) filter (where name = 'pageview' and post_id is not null) as readers,
			count(distinct (day, visitor, page)) filter (where name in ('subscribe', 'cta_click')) as conversions
		from (${eventsOf(site, range, and)})`;

const TOTALS = ['visitors', 'page_views', 'readers', 'conversions'];

export const REFERENCES: readonly Reference[] = [
	{
		name: 'totals',
		report: 'overview',
		period: '12m',
		filters: [],
		key: null,
		figures: TOTALS,
		query: totals('')
	},
	{
		name: 'every post',
		report: 'posts',
		period: '12m',
		filters: [],
		key: 'post_id',
		figures: ['page_views', 'readers'],
		query: (site, range) => sql`
			select post_id, count(*) as page_views, count(distinct (day, visitor)) as readers
			from (${eventsOf(site, range, ` and e.name = 'pageview'`)})
			where post_id is not null
			group by post_id`
	},
	{
		name: 'totals, country and device',
		report: 'overview',
		period: '12m',
		filters: MATCHING,
		key: null,
		figures: TOTALS,
		query: totals(` and clients.country = 'DE' and clients.device = 'mobile'`)
	},
	{
		name: 'reads of every post',
		report: 'posts',
		period: '30d',
		filters: [],
		key: 'post_id',
		figures: ['page_views', 'reads'],
		query: (site, range) => sql`
			with asked as (
				${eventsOf(site, range, ` and e.name in ('pageview', 'engagement')`)}
			),
			views as (
				select any_value(a.post_id) as post_id, any_value(p.word_count) as words,
					sum(a.engaged_ms) as engaged_ms, max(a.depth) as depth
				from asked a join posts p using (site_id, post_id)
				group by a.day, a.visitor, a.page_view
			)
			select post_id, count(*) as page_views,
				count(*) filter (where depth >= 75
					and engaged_ms >= coalesce(words / 238.0 * 60000 / 4, 30000)) as reads
			from views group by post_id`
	}
];

/** Figures in which the two answers differ, told in words. */
export function differences(
	{ key, figures }: Reference,
	report: { readonly rows: readonly Row[]; readonly totals: Row },
	expected: readonly StoreRow[]
): readonly string[] {
	if (key === null) return different('totals', figures, report.totals, expected[0]);
	const byKey = new Map(expected.map((row) => [row[key], row]));
	const shown = new Set(report.rows.map((row) => row[key]));
	return [
		...report.rows.flatMap((row) =>
			different(String(row[key]), figures, row, byKey.get(Number(row[key])))
		),
		...expected
			.filter((row) => !shown.has(Number(row[key])))
			.map((row) => `${String(row[key])}: no row`)
	];
}

function different(
	name: string,
	figures: readonly string[],
	given: Row,
	expected: StoreRow | undefined
): readonly string[] {
	return figures
		.filter((id) => Number(given[id] ?? 0) !== Number(expected?.[id] ?? 0))
		.map((id) => `${name}: ${id} ${String(given[id])}, by hand ${String(expected?.[id] ?? 0)}`);
}

/** Asks by hand. */
export function askByHand(
	store: Pick<EventStore, 'query'>,
	reference: Reference,
	site: number,
	range: DateRange
): Promise<readonly StoreRow[]> {
	return store.query(reference.query(site, range));
}
