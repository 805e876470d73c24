import { createHash } from 'node:crypto';
import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import { keysOf } from '../keys-of.ts';
import {
	DISTINCT_VISITORS,
	METRICS,
	type BaseMetric,
	type FactName,
	type MetricId
} from '../metrics.ts';
import { sql, type Sql } from './sql.ts';

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
	{ id: 22, by: ['page'] },
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

/** The table with the days of a fact. */
export function rollupTable(fact: RolledFact): string {
	return `daily_${fact}`;
}

/** Rows `f` of days that are read from their facts. */
export function isUnrolled(site: number): Sql {
	return sql`f.day in (select u.day from unrolled u where u.site_id = ${site})`;
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

/** Sums up days by all roll-ups that need no join, in one pass over the fact. */
function rollAtOnce(fact: RolledFact, prefix: string): string {
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
	const isPost = hasPosts ? ', f.post_id is not null as is_post' : '';
	return `
		insert into ${prefix}${rollupTable(fact)}
		select site_id, day, ${byMask(({ id }) => String(id))}, ${[...keys, ...metrics.map(([id]) => `"${id}"`)].join(', ')}
		from (
			select f.site_id, f.day, ${columns.join(', ')}, grouping(${columns.join(', ')}) as mask,
				${metrics.map(([id, metric]) => `${aggregateOf(metric)} as "${id}"`).join(', ')}
			from (
				select f.*, ${dimensions.map((name) => `${keyOf(name, fact)} as k_${name}`).join(', ')}${isPost}
				from ${fact} f semi join rolling on rolling.site_id = f.site_id and rolling.day = f.day
			) f
			group by grouping sets (${rollups.map((rollup) => `(${['f.site_id', 'f.day', ...partOf(rollup)].join(', ')})`).join(', ')})
		)
		${hasPosts ? 'where is_post is null or is_post' : ''}`;
}

/** The same by one roll-up that joins. */
function rollJoined(fact: RolledFact, { id, by }: Rollup, prefix: string): string {
	const keys = KEY_COLUMNS.map((_, index) => {
		const dimension = by[index];
		return dimension === undefined ? 'null' : keyOf(dimension, fact);
	});
	return `
		insert into ${prefix}${rollupTable(fact)}
		select f.site_id, f.day, ${id}, ${[...keys, ...rolledMetrics(fact).map(([, metric]) => aggregateOf(metric))].join(', ')}
		from ${fact} f semi join rolling on rolling.site_id = f.site_id and rolling.day = f.day${joinsOf(by)}
		group by f.site_id, f.day${by.map((_, index) => `, ${keys[index] ?? ''}`).join('')}`;
}

/** The days are grouped by already, and one column is told apart faster than two. */
function aggregateOf({ sql: aggregate }: BaseMetric): string {
	return `(${aggregate.replace(DISTINCT_VISITORS, 'count(distinct f.visitor)')})::bigint`;
}

const HOUR_MS = 3_600_000;

/** Readers by post and hour of age (0 is the first hour), over readings `f` and their posts `p`. */
export const READERS_BY_AGE = `
	select f.site_id, f.day, f.post_id, ((f.first_view_at - p.published_at) // ${HOUR_MS})::integer as age,
		count(*) as readers
	from readings f
	join posts p on p.site_id = f.site_id and p.post_id = f.post_id
	where f.first_view_at >= p.published_at`;

/**
 * Statements that sum up the days of the temporary table `rolling (site_id, day)`, into the tables of the roll-ups or
 * into others of the same form, named by a prefix.
 */
export function rollStatements(prefix = ''): readonly string[] {
	return [
		...keysOf(ROLLUPS).flatMap((fact) => [
			rollAtOnce(fact, prefix),
			...ROLLUPS[fact]
				.filter(({ by }) => joinsOf(by) !== '')
				.map((rollup) => rollJoined(fact, rollup, prefix))
		]),
		`insert into ${prefix}daily_ages ${READERS_BY_AGE}
			and (f.site_id, f.day) in (select (site_id, day) from rolling)
		group by all`
	];
}

/** Tables of the roll-ups, by day. */
export const ROLLUP_TABLES: readonly string[] = [...keysOf(ROLLUPS).map(rollupTable), 'daily_ages'];

/** Makes the tables of the roll-ups; they hold nothing that facts do not. */
export const ROLLUP_SCHEMA: readonly string[] = [
	...keysOf(ROLLUPS).map((fact) => {
		const metrics = rolledMetrics(fact).map(([id]) => `, "${id}" bigint`);
		return `create or replace table ${rollupTable(fact)} (
			site_id integer not null, day date not null, rollup utinyint not null, ${KEY_COLUMNS.map((name) => `${name} varchar`).join(', ')}${metrics.join('')})`;
	}),
	`create or replace table daily_ages (
		site_id integer not null, day date not null, post_id integer not null, age integer not null,
		readers bigint not null)`
];

/** Changes whenever roll-ups are to be made anew. */
export const ROLLUP_VERSION = createHash('sha256')
	.update(JSON.stringify([ROLLUP_SCHEMA, rollStatements()]))
	.digest('hex')
	.slice(0, 16);
