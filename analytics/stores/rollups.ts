import { createHash } from 'node:crypto';
import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import { factOf } from '../fact-of.ts';
import { keysOf } from '../keys-of.ts';
import { METRICS, type BaseMetric, type FactName, type MetricId } from '../metrics.ts';
import { countOfVisitors } from '../query/distinct-visitors.ts';
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

/** What the days of each fact are summed up by: what screens ask without filters, or with one value of one. */
export const ROLLUPS: Readonly<Record<RolledFact, readonly Rollup[]>> = {
	views: [...AUDIENCE, ...PAGES],
	readings: [...AUDIENCE, ...PAGES],
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

/** The table of the days, of all facts: a row for each day and key, with what each fact says of it. */
export const DAILY = 'daily';

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

/** Sums up days by all roll-ups that need no join, in one pass over the fact. */
function rollAtOnce(fact: RolledFact): string {
	const rollups = ROLLUPS[fact].filter(({ by }) => joinsOf(by) === '');
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

/** The same by one roll-up that joins. */
function rollJoined(fact: RolledFact, { id, by }: Rollup): string {
	const keys = by.map((dimension) => keyOf(dimension, fact));
	const columns = [
		...keys.map((key, index) => `${key} as ${keyColumn(index)}`),
		...rolledMetrics(fact)
			.filter(([, base]) => factOf(base, by) === fact)
			.map(([metric, base]) => `${aggregateOf(base)} as "${metric}"`)
	];
	return `
		insert into summed by name
		select f.site_id, f.day, ${id} as rollup, ${columns.join(', ')}
		from ${fact} f semi join rolling on rolling.site_id = f.site_id and rolling.day = f.day${joinsOf(by)}
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
				.filter(({ by }) => joinsOf(by) !== '')
				.map((rollup) => rollJoined(fact, rollup))
		]),
		// What the facts say of one key stands in one row; a year of one roll-up is read from few blocks.
		`insert into ${prefix}${DAILY}
		select ${keys}, ${ROLLED_METRICS.map((id) => `max("${id}")`).join(', ')}
		from summed
		group by ${keys}
		order by rollup, site_id, day`,
		'drop table summed',
		`insert into ${prefix}daily_ages ${textOf(readersByAgeOf(raw('readings')))}
			and (f.site_id, f.day) in (select (site_id, day) from rolling)
		group by all`
	];
}

/** Tables of the roll-ups, by day. */
export const ROLLUP_TABLES: readonly string[] = [DAILY, 'daily_ages'];

/** Makes the tables of the roll-ups; they hold nothing that facts do not. */
export const ROLLUP_SCHEMA: readonly string[] = [
	`create or replace table ${DAILY} (
		site_id integer not null, day date not null, rollup utinyint not null,
		${KEY_COLUMNS.map((name) => `${name} varchar`).join(', ')},
		${ROLLED_METRICS.map((id) => `"${id}" bigint`).join(', ')})`,
	`create or replace table daily_ages (
		site_id integer not null, day date not null, post_id integer not null, age integer not null,
		readers bigint not null)`,
	// What the days of each fact stood in before.
	...keysOf(ROLLUPS).map((fact) => `drop table if exists daily_${fact}`)
];

/** Changes whenever roll-ups are to be made anew. */
export const ROLLUP_VERSION = createHash('sha256')
	.update(JSON.stringify([ROLLUP_SCHEMA, rollStatements()]))
	.digest('hex')
	.slice(0, 16);
