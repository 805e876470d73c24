import { createHash } from 'node:crypto';
import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import { factOf } from '../fact-of.ts';
import { keysOf } from '../keys-of.ts';
import { METRICS, type BaseMetric, type FactName, type MetricId } from '../metrics.ts';
import { countOfVisitors } from '../query/distinct-visitors.ts';
import {
	crossMonths,
	crossStatements,
	CROSSED_SCHEMA,
	CROSSED_TABLES,
	MONTHLY_CROSSED
} from './crossed.ts';
import {
	postSumStatements,
	POST_SUM_MONTHS,
	POST_SUM_SCHEMA,
	POST_SUM_TABLES
} from './post-sums.ts';
import { join, raw, sql, textOf, type Sql } from './sql.ts';

/** A fact whose days are summed up. */
export type RolledFact = Exclude<FactName, 'catalogue'>;

/** One way in which a fact's days are summed up: a row for each day and value of the dimensions. */
export interface Rollup {
	/** Kept in the store: a number is never used again for something else. */
	readonly id: number;
	readonly by: readonly DimensionId[];
	/** Without the pages that are no post. */
	readonly postsOnly?: true;
	/** What alone is kept of a fact, where keys are many; everything where it is not said. */
	readonly metrics?: readonly MetricId[];
}

/** Most dimensions of a roll-up. */
const MOST_KEYS = 4;

/** The one whose key is a page. */
export const ROLLUP_BY_PAGE = 22;

const AUDIENCE: readonly Rollup[] = [
	{ id: 0, by: [] },
	{ id: 1, by: ['channel'] },
	{ id: 2, by: ['source'] },
	{ id: 3, by: ['channel', 'source'] },
	{ id: 4, by: ['referrer'] },
	{ id: 5, by: ['utm_source'] },
	{ id: 6, by: ['utm_medium'] },
	{ id: 7, by: ['utm_campaign'] },
	{ id: 8, by: ['utm_content'] },
	{ id: 9, by: ['utm_term'] },
	{ id: 10, by: ['country'] },
	{ id: 11, by: ['device'] },
	{ id: 12, by: ['browser'] },
	{ id: 13, by: ['os'] },
	{ id: 14, by: ['hostname'] }
];
const PAGES: readonly Rollup[] = [
	{ id: 20, by: [], postsOnly: true },
	{ id: 21, by: ['post'] },
	{ id: ROLLUP_BY_PAGE, by: ['page'] },
	{ id: 23, by: ['topic'] },
	{ id: 24, by: ['author'] }
];

/** What the screen of a post says of its readers. */
const READERS_OF_POSTS: readonly Rollup[] = [
	{
		id: 25,
		by: ['post', 'channel', 'source'],
		metrics: ['page_views', 'readers', 'reads', 'subscribes', 'subscribed_readers', 'conversions']
	},
	{ id: 26, by: ['post', 'country'], metrics: ['readers'] },
	{ id: 27, by: ['post', 'device'], metrics: ['readers'] }
];

/** What the days of each fact are summed up by: what screens ask without filters, or with one value of one. */
export const ROLLUPS: Readonly<Record<RolledFact, readonly Rollup[]>> = {
	views: [...AUDIENCE, ...PAGES, ...keeping('views', READERS_OF_POSTS)],
	readings: [...AUDIENCE, ...PAGES, ...keeping('readings', READERS_OF_POSTS)],
	visits: [...AUDIENCE, { id: 30, by: ['entry_page'] }, { id: 31, by: ['exit_page'] }],
	cta_exposures: [
		{ id: 0, by: [] },
		...PAGES,
		{ id: 40, by: ['cta'] },
		{ id: 41, by: ['placement'] },
		{ id: 42, by: ['variant'] },
		{ id: 43, by: ['cta', 'placement'] },
		{ id: 44, by: ['cta', 'variant'] },
		{ id: 45, by: ['cta', 'placement', 'variant', 'page'] }
	]
};

/** Those roll-ups of which a fact knows something. */
function keeping(fact: RolledFact, rollups: readonly Rollup[]): readonly Rollup[] {
	return rollups.filter(({ by, metrics = [] }) =>
		metrics.some((id) => {
			const metric = METRICS[id];
			return metric.kind === 'base' && factOf(metric, by) === fact;
		})
	);
}

/** The table of the days, of all facts: a row for each day and key, with what each fact says of it. */
export const DAILY = 'daily';
/** The same by month, `day` being the first: of each month that has days and of which none waits to be summed up. */
const MONTHLY = 'monthly';
/** Roll-ups of readers of posts have more keys than all others together and stand apart, so that those stay short. */
const OF_POSTS = { daily: 'daily_posts', monthly: 'monthly_posts' } as const;

/** The tables that have the days and months of a roll-up. */
export function tablesOf({ id }: Rollup): { readonly daily: string; readonly monthly: string } {
	return READERS_OF_POSTS.some((rollup) => rollup.id === id)
		? OF_POSTS
		: { daily: DAILY, monthly: MONTHLY };
}

const ROLLUP_TABLES_OF_DAYS = [
	{ daily: DAILY, monthly: MONTHLY, condition: `not in (${idsOf(READERS_OF_POSTS)})` },
	{ ...OF_POSTS, condition: `in (${idsOf(READERS_OF_POSTS)})` }
] as const;

function idsOf(rollups: readonly Rollup[]): string {
	return rollups.map(({ id }) => id).join(', ');
}

/** More days than that are not named in a query. */
const MOST_NAMED_DAYS = 40;

/** Rows `f` of some days that are read from their facts. */
export function isUnrolled(site: number, days: readonly string[]): Sql {
	return days.length > MOST_NAMED_DAYS
		? sql`f.day in (select u.day from unrolled u where u.site_id = ${site})`
		: sql`f.day in (${join(
				days.map((day) => sql`${day}::date`),
				', '
			)})`;
}

/** A column of a roll-up's key. */
export function keyColumn(index: number): string {
	return `key_${index + 1}`;
}

const KEY_COLUMNS = Array.from({ length: MOST_KEYS }, (_, index) => keyColumn(index));

/** Whether a roll-up has a metric. */
export function keeps({ metrics }: Rollup, id: MetricId): boolean {
	return metrics === undefined || metrics.includes(id);
}

/** Whether the days of a metric add up, so that they are kept. */
export function isRolled({ additive }: BaseMetric): boolean {
	return additive.days;
}

/** The metrics that a fact's days keep. */
function rolledMetrics(fact: RolledFact): readonly (readonly [MetricId, BaseMetric])[] {
	return keysOf(METRICS).flatMap((id) => {
		const metric = METRICS[id];
		return metric.kind === 'base' && metric.facts.includes(fact) && isRolled(metric)
			? [[id, metric] as const]
			: [];
	});
}

/** The value of a dimension as a key, never null: no value is the empty text. */
export function keyOf(dimension: DimensionId, fact: RolledFact): string {
	const { via, columns } = DIMENSIONS[dimension];
	if (via !== undefined) return `"${via.table}"."${via.column}"`;
	const column = columns[fact] ?? 'null';
	return dimension === 'post' ? `coalesce(${column}::varchar, '')` : `coalesce(${column}, '')`;
}

/** Joins that the dimensions of posts with several values need. */
export function joinsOf(by: readonly DimensionId[]): string {
	return by
		.flatMap((dimension) => {
			const table = DIMENSIONS[dimension].via?.table;
			return table === undefined
				? []
				: [` join "${table}" on "${table}".site_id = f.site_id and "${table}".post_id = f.post_id`];
		})
		.join('');
}

/** Joins that find what the numbers of rows `f` stand for. */
export function numberedJoinsOf(by: readonly DimensionId[]): string {
	const found = by.flatMap((dimension) => DIMENSIONS[dimension].numbered ?? []);
	const numbers = new Map(found.map(({ table, number }) => [table, number]));
	return [...numbers]
		.map(([table, number]) => ` join ${table} on ${table}.${number} = f.${number}`)
		.join('');
}

/** Roll-ups of everything that need no join are summed up in one pass over the fact. */
function isAtOnce({ by, metrics }: Rollup): boolean {
	return metrics === undefined && joinsOf(by) === '';
}

/** Sums up days by those. */
function rollAtOnce(fact: RolledFact): string {
	const rollups = ROLLUPS[fact].filter(isAtOnce);
	const dimensions = [...new Set(rollups.flatMap(({ by }) => by))];
	const column = (dimension: DimensionId): string => `k_${dimension}`;
	const hasPosts = rollups.some(({ postsOnly }) => postsOnly === true);
	const columns = [...dimensions.map(column), ...(hasPosts ? ['is_post'] : [])];
	const partOf = ({ by, postsOnly }: Rollup): readonly string[] => [
		...by.map(column),
		...(postsOnly === true ? ['is_post'] : [])
	];
	// GROUPING has a bit for each column that a row is not grouped by, the last column's being the lowest.
	const maskOf = (rollup: Rollup): number => {
		const part = partOf(rollup);
		return columns.reduce((mask, name) => mask * 2 + (part.includes(name) ? 0 : 1), 0);
	};
	const byMask = (valueOf: (rollup: Rollup) => string): string =>
		`case mask ${rollups.map((rollup) => `when ${maskOf(rollup)} then ${valueOf(rollup)}`).join(' ')} end`;
	const keys = KEY_COLUMNS.map((_, index) =>
		byMask(({ by }) => {
			const dimension = by[index];
			return dimension === undefined ? 'null' : column(dimension);
		})
	);
	const metrics = rolledMetrics(fact);
	// Where two facts know a metric, each answers the keys that are its own.
	const kept = ([id, metric]: readonly [MetricId, BaseMetric]): string => {
		const own = rollups.filter(({ by }) => factOf(metric, by) === fact).map(maskOf);
		return own.length === rollups.length
			? `"${id}"`
			: `case when mask in (${own.join(', ')}) then "${id}" end as "${id}"`;
	};
	const isPost = hasPosts ? ', f.post_id is not null as is_post' : '';
	return `
		insert into summed by name
		select site_id, day, ${byMask(({ id }) => String(id))} as rollup,
			${[...keys.map((key, index) => `${key} as ${keyColumn(index)}`), ...metrics.map(kept)].join(', ')}
		from (
			select f.site_id, f.day, ${columns.join(', ')}, grouping(${columns.join(', ')}) as mask,
				${metrics.map(([id, metric]) => `${aggregateOf(metric)} as "${id}"`).join(', ')}
			from (
				select f.*, ${dimensions.map((name) => `${keyOf(name, fact)} as k_${name}`).join(', ')}${isPost}
				from ${fact} f semi join rolling on rolling.site_id = f.site_id and rolling.day = f.day${numberedJoinsOf(dimensions)}
			) f
			group by grouping sets (${rollups.map((rollup) => `(${['f.site_id', 'f.day', ...partOf(rollup)].join(', ')})`).join(', ')})
		)
		${hasPosts ? 'where is_post is null or is_post' : ''}`;
}

/** The same by one other roll-up. */
function rollAlone(fact: RolledFact, rollup: Rollup): string {
	const { id, by } = rollup;
	const keys = by.map((dimension) => keyOf(dimension, fact));
	const columns = [
		...keys.map((key, index) => `${key} as ${keyColumn(index)}`),
		...rolledMetrics(fact)
			.filter(([metric, base]) => factOf(base, by) === fact && keeps(rollup, metric))
			.map(([metric, base]) => `${aggregateOf(base)} as "${metric}"`)
	];
	return `
		insert into summed by name
		select f.site_id, f.day, ${id} as rollup, ${columns.join(', ')}
		from ${fact} f semi join rolling on rolling.site_id = f.site_id and rolling.day = f.day${joinsOf(by)}${numberedJoinsOf(by)}
		group by ${['f.site_id', 'f.day', ...keys].join(', ')}`;
}

/** A metric's aggregate over rows that are grouped by day. */
export function aggregateOf({ sql: aggregate }: BaseMetric): string {
	return `coalesce(${countOfVisitors(aggregate)}, 0)::bigint`;
}

const HOUR_MS = 3_600_000;

/** Readers by post and hour of age (0 is the first hour), over readings `f` and their posts `p`. */
export const readersByAgeOf = (readings: Sql): Sql => sql`
	select f.site_id, f.day, f.post_id, ((f.ts + f.first_view_after - p.published_at) // ${raw(String(HOUR_MS))})::integer as age,
		count(*) as readers
	from ${readings} f
	join posts p on p.site_id = f.site_id and p.post_id = f.post_id
	where f.ts + f.first_view_after >= p.published_at`;

/** Metrics that some fact's days keep. */
const ROLLED_METRICS: readonly MetricId[] = [
	...new Set(keysOf(ROLLUPS).flatMap((fact) => rolledMetrics(fact).map(([id]) => id)))
];

/**
 * Statements that sum up the days of the temporary table `rolling (site_id, day)`, into the tables of the roll-ups or
 * into others of the same form, named by a prefix.
 */
export function rollStatements(prefix = ''): readonly string[] {
	const keys = ['site_id', 'day', 'rollup', ...KEY_COLUMNS].join(', ');
	return [
		`create or replace temporary table summed as select * from ${DAILY} limit 0`,
		...keysOf(ROLLUPS).flatMap((fact) => [
			rollAtOnce(fact),
			...ROLLUPS[fact]
				.filter((rollup) => !isAtOnce(rollup))
				.map((rollup) => rollAlone(fact, rollup))
		]),
		// What the facts say of one key stands in one row; a year of one roll-up is read from few blocks.
		...ROLLUP_TABLES_OF_DAYS.map(
			({ daily, condition }) => `insert into ${prefix}${daily}
		select ${keys}, ${ROLLED_METRICS.map((id) => `max("${id}")`).join(', ')}
		from summed
		where rollup ${condition}
		group by ${keys}
		order by rollup, site_id, key_1, day`
		),
		'drop table summed',
		...crossStatements(prefix),
		...postSumStatements(prefix),
		`create or replace temporary table aged as ${textOf(readersByAgeOf(raw('readings')))}
			and f.site_id in (select site_id from rolling) and f.day in (select day from rolling)
		group by all`,
		...AGE_TABLES.map(
			({ table, condition }) => `insert into ${prefix}${table} from aged where ${condition}`
		),
		'drop table aged'
	];
}

/** Sums up the months of the temporary table `whole (site_id, month)` from their days, into another table of that form. */
function rollMonths(daily: string, into: string): string {
	const keys = KEY_COLUMNS.join(', ');
	return `
		insert into ${into}
		select d.site_id, whole.month, d.rollup, ${keys}, ${ROLLED_METRICS.map((id) => `sum("${id}")::bigint`).join(', ')}
		from ${daily} d
		join whole on whole.site_id = d.site_id and whole.month = date_trunc('month', d.day)
		group by d.site_id, whole.month, d.rollup, ${keys}
		order by d.rollup, d.site_id, key_1, whole.month`;
}

/** Hours of age up to which curves are drawn and readers of the first 30 days are counted. */
const EARLY_HOURS = 31 * 24;
/** Readers by age are asked up to an age: those of the first days stand apart from all the years after. */
const AGE_TABLES = [
	{ table: 'daily_ages', condition: `age < ${EARLY_HOURS}` },
	{ table: 'daily_later_ages', condition: `age >= ${EARLY_HOURS}` }
] as const;

/** The tables that have readers by age younger than some hours. */
export function ageTables(hours: number): readonly string[] {
	return AGE_TABLES.map(({ table }) => table).slice(0, hours <= EARLY_HOURS ? 1 : 2);
}

/** Tables of the roll-ups by day. */
export const ROLLUP_TABLES: readonly string[] = [
	...ROLLUP_TABLES_OF_DAYS.map(({ daily }) => daily),
	...CROSSED_TABLES,
	...POST_SUM_TABLES,
	...AGE_TABLES.map(({ table }) => table)
];
/** Those by month, and how one of that form follows from the days. */
export const MONTH_TABLES: readonly {
	readonly table: string;
	readonly rollInto: (table: string) => string;
}[] = [
	...ROLLUP_TABLES_OF_DAYS.map(({ daily, monthly }) => ({
		table: monthly,
		rollInto: (into: string) => rollMonths(daily, into)
	})),
	{ table: MONTHLY_CROSSED, rollInto: crossMonths },
	...POST_SUM_MONTHS
];

/** Makes the tables of the roll-ups; they hold nothing that facts do not. */
export const ROLLUP_SCHEMA: readonly string[] = [
	...ROLLUP_TABLES_OF_DAYS.flatMap(({ daily, monthly }) => [daily, monthly]).map(
		(table) => `create or replace table ${table} (
		site_id integer not null, day date not null, rollup utinyint not null,
		${KEY_COLUMNS.map((name) => `${name} varchar`).join(', ')},
		${ROLLED_METRICS.map((id) => `"${id}" bigint`).join(', ')})`
	),
	...CROSSED_SCHEMA,
	...POST_SUM_SCHEMA,
	...AGE_TABLES.map(
		({ table }) => `create or replace table ${table} (
		site_id integer not null, day date not null, post_id integer not null, age integer not null,
		readers bigint not null)`
	),
	// What the days of each fact stood in before.
	...keysOf(ROLLUPS).map((fact) => `drop table if exists daily_${fact}`)
];

/** Changes whenever roll-ups are to be made anew. */
export const ROLLUP_VERSION = createHash('sha256')
	.update(
		JSON.stringify([
			ROLLUP_SCHEMA,
			rollStatements(),
			MONTH_TABLES.map(({ table, rollInto }) => rollInto(table))
		])
	)
	.digest('hex')
	.slice(0, 16);
