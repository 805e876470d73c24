import { factOf } from '../fact-of.ts';
import { keysOf } from '../keys-of.ts';
import { DISTINCT_VISITORS, METRICS, type BaseMetric, type MetricId } from '../metrics.ts';
import { countOfVisitors } from '../query/distinct-visitors.ts';

/**
 * Sums of days by origin and client: whatever filters and groups are of those two, the rows are few. Visitors of whom a
 * fact has rows of several origins or clients are not in them: those rows are kept beside the sums, to be told apart.
 */
export const CROSSED = 'crossed';
/** The same by month, `day` being the first. */
export const MONTHLY_CROSSED = 'monthly_crossed';

/** A fact whose rows have an origin and a client. */
export type CrossedFact = 'views' | 'readings' | 'visits' | 'cta_exposures';

/** What the rows of visitors of several origins or clients keep, beside those two: all that tells visitors apart. */
const MIXED_COLUMNS = {
	visits: {},
	readings: {
		views: 'integer not null',
		post_id: 'integer',
		subscribed: 'boolean not null',
		converted: 'boolean not null'
	},
	cta_exposures: { impressions: 'integer not null', clicks: 'integer not null' }
} as const satisfies Partial<Record<CrossedFact, Readonly<Record<string, string>>>>;

/** The table with a fact's rows of such visitors; null for a fact that tells no visitors apart. */
export function mixedOf(fact: CrossedFact): string | null {
	return fact === 'views' ? null : `mixed_${fact}`;
}

/** Whether a metric tells visitors apart, over rows of any origin and client. */
export function tellsVisitors({ sql: aggregate }: BaseMetric): boolean {
	return aggregate.startsWith(DISTINCT_VISITORS);
}

/** The metrics of a fact whose days are summed up by origin and client. */
function crossedMetrics(fact: CrossedFact): readonly (readonly [MetricId, BaseMetric])[] {
	return keysOf(METRICS).flatMap((id) => {
		const metric = METRICS[id];
		return metric.kind === 'base' && metric.additive.days && factOf(metric, []) === fact
			? [[id, metric] as const]
			: [];
	});
}

const FACTS: readonly CrossedFact[] = ['views', 'readings', 'visits', 'cta_exposures'];
const ALL = FACTS.flatMap((fact) => crossedMetrics(fact).map(([id]) => id));

const DISTINCT = new RegExp(String.raw`count\(distinct f\.visitor\) filter \(where `, 'g');

/** A metric's aggregate over rows of one origin and client, without the visitors who have others too. */
function uniform(metric: BaseMetric): string {
	const aggregate = countOfVisitors(metric.sql);
	const counted = tellsVisitors(metric)
		? aggregate.replace(DISTINCT, (start) => `${start}m.visitor is null and `)
		: aggregate;
	return `coalesce(${counted}, 0)::bigint`;
}

function crossFact(fact: CrossedFact, prefix: string): readonly string[] {
	const mixed = mixedOf(fact);
	const ofDays = `semi join rolling on rolling.site_id = f.site_id and rolling.day = f.day`;
	const sums = crossedMetrics(fact).map(([id, metric]) => `${uniform(metric)} as "${id}"`);
	const crossing = `
		insert into crossing by name
		select f.site_id, f.day, f.origin, f.client, ${sums.join(', ')}
		from ${fact} f ${ofDays}${mixed === null ? '' : ' left join mixing m on m.visitor = f.visitor'}
		group by f.site_id, f.day, f.origin, f.client`;
	if (mixed === null) return [crossing];
	return [
		`create or replace temporary table mixing as
		select f.visitor from ${fact} f ${ofDays}
		where not f.alone
		group by f.visitor
		having min(f.origin) <> max(f.origin) or min(f.client) <> max(f.client)`,
		crossing,
		`insert into ${prefix}${mixed}
		select ${columnsOf(mixed)
			.map((name) => `f.${name}`)
			.join(', ')}
		from ${fact} f ${ofDays} semi join mixing on mixing.visitor = f.visitor
		order by f.day, f.visitor`,
		'drop table mixing'
	];
}

/** Statements that sum up the days of the temporary table `rolling (site_id, day)`. */
export function crossStatements(prefix = ''): readonly string[] {
	return [
		`create or replace temporary table crossing as from ${CROSSED} limit 0`,
		...FACTS.flatMap((fact) => crossFact(fact, prefix)),
		`insert into ${prefix}${CROSSED}
		select site_id, day, origin, client, ${ALL.map((id) => `max("${id}")`).join(', ')}
		from crossing
		group by site_id, day, origin, client
		order by site_id, day, origin, client`,
		'drop table crossing'
	];
}

/** Sums up the months of the temporary table `whole (site_id, month)`, into another table of that form. */
export function crossMonths(into: string): string {
	return `
		insert into ${into}
		select d.site_id, whole.month, d.origin, d.client, ${ALL.map((id) => `sum("${id}")::bigint`).join(', ')}
		from ${CROSSED} d
		join whole on whole.site_id = d.site_id and whole.month = date_trunc('month', d.day)
		group by d.site_id, whole.month, d.origin, d.client
		order by d.site_id, whole.month, d.origin, d.client`;
}

function columnsOf(table: string): readonly string[] {
	return Object.keys(mixedColumns(table));
}

function mixedColumns(table: string): Readonly<Record<string, string>> {
	const own = FACTS.find((fact) => mixedOf(fact) === table);
	return {
		site_id: 'integer not null',
		day: 'date not null',
		visitor: 'bigint not null',
		...(own === undefined || own === 'views' ? {} : MIXED_COLUMNS[own]),
		origin: 'integer not null',
		client: 'integer not null'
	};
}

const MIXED = FACTS.flatMap((fact) => mixedOf(fact) ?? []);

/** Tables of these sums by day. */
export const CROSSED_TABLES: readonly string[] = [CROSSED, ...MIXED];

export const CROSSED_SCHEMA: readonly string[] = [
	...[CROSSED, MONTHLY_CROSSED].map(
		(table) => `create or replace table ${table} (
		site_id integer not null, day date not null, origin integer not null, client integer not null,
		${ALL.map((id) => `"${id}" bigint`).join(', ')})`
	),
	...MIXED.map((table) => {
		const columns = Object.entries(mixedColumns(table)).map(([name, type]) => `${name} ${type}`);
		return `create or replace table ${table} (${columns.join(', ')})`;
	})
];
