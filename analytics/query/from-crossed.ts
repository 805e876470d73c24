import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import { factOf } from '../fact-of.ts';
import type { BaseMetric } from '../metrics.ts';
import { CROSSED, mixedOf, MONTHLY_CROSSED, tellsVisitors } from '../stores/crossed.ts';
import { aggregateOf, isRolled, isUnrolled, numberedJoinsOf } from '../stores/rollups.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';
import type { AskedMetric } from './base-metrics.ts';
import type { Question } from './compile.ts';
import { WHOLE_FACTS } from './fact-source.ts';
import { filterConditions, type StoredFact } from './filter-condition.ts';
import { leavesOf, type FilterTree } from './filter-tree.ts';
import { dateExpression, groupExpression, scaled } from './group-expressions.ts';
import { summedIn } from './summed-in.ts';

/** Metrics by the fact that they are of. */
export type CrossedMetrics = Map<StoredFact, readonly AskedMetric[]>;

/** Whether the sums by origin and client answer a metric of a fact: nothing asked for or by needs more of a row. */
export function isCrossed(fact: StoredFact, metric: BaseMetric, question: Question): boolean {
	const { range, interval, by, filters, postsOnly } = question;
	return (
		range.since === undefined &&
		!(interval === 'hour' && by.includes('date')) &&
		!(postsOnly === true && fact !== 'visits') &&
		isRolled(metric) &&
		factOf(metric, []) === fact &&
		by.every((key) => key === 'date' || isNumbered(key)) &&
		filters.every(isOfNumbers)
	);
}

function isNumbered(dimension: DimensionId): boolean {
	return DIMENSIONS[dimension].numbered !== undefined;
}

function isOfNumbers(filter: FilterTree): boolean {
	return leavesOf(filter).every((leaf) => 'dimension' in leaf && isNumbered(leaf.dimension));
}

/**
 * Metrics from the sums by origin and client, from the rows of visitors who have several of those, and from the facts
 * of the days that are not summed up.
 */
export function fromCrossed(facts: CrossedMetrics, question: Question): Sql {
	const { site, range, interval, by, filters, unrolled } = question;
	/** All have the columns of the sums: filters ask nothing else of a row. */
	const condition = join(
		[
			sql`f.site_id = ${site} and f.day >= ${range.from}::date and f.day <= ${range.to}::date`,
			...filterConditions('visits', filters, { site, range, from: WHOLE_FACTS })
		],
		' and '
	);
	const metrics = [...facts.values()].flat();
	const dimensions = by.filter((key) => key !== 'date');
	const joins = raw(numberedJoinsOf(dimensions));
	const groups = by.map((key) => {
		const value =
			key === 'date'
				? dateExpression(interval, range.from)
				: groupExpression(DIMENSIONS[key], 'visits');
		return sql`${value} as ${identifier(key)}`;
	});
	const grouped = by.length === 0 ? raw('') : raw(' group by all');
	/** Some metrics of a fact's rows; the others are of other facts. */
	const rowsOf = (
		from: Sql,
		own: readonly AskedMetric[],
		aggregate: (metric: BaseMetric) => string,
		where: Sql
	): Sql => {
		const columns = metrics.map(([id, metric]) =>
			own.some(([kept]) => kept === id)
				? sql`${raw(aggregate(metric))} as ${identifier(id)}`
				: sql`null::bigint as ${identifier(id)}`
		);
		return sql`
			select ${join([...groups, ...columns], ', ')}
			from ${from}${joins} where ${where}${grouped}`;
	};
	const sums = summedIn({ daily: CROSSED, monthly: MONTHLY_CROSSED }, question).map(
		({ table, days }) => sql`
			select ${join([...groups, ...metrics.map(([id]) => sql`sum(f.${identifier(id)})::bigint as ${identifier(id)}`)], ', ')}
			from ${raw(table)} f${joins}
			where ${days} and ${condition}${grouped}`
	);
	const days = unrolled.filter((day) => day >= range.from && day <= range.to);
	const rows = [...facts].flatMap(([fact, own]) => {
		const mixed = mixedOf(fact);
		const visitors = own.filter(([, metric]) => tellsVisitors(metric));
		return [
			...(mixed === null || visitors.length === 0
				? []
				: [
						rowsOf(sql`${raw(mixed)} f`, visitors, (metric) => `(${metric.sql})::bigint`, condition)
					]),
			...(days.length === 0
				? []
				: [
						rowsOf(
							sql`${identifier(fact)} f`,
							own,
							aggregateOf,
							sql`${condition} and ${isUnrolled(site, days)}`
						)
					])
		];
	});
	const selected = [
		...by.map(identifier),
		...metrics.map(([id, { per }]) => sql`${scaled(`sum(f."${id}")`, per)} as ${identifier(id)}`)
	];
	const known = join(
		metrics.map(([id]) => sql`f.${identifier(id)}`),
		', '
	);
	return sql`
		select ${join(selected, ', ')}
		from (${join([...sums, ...rows], ' union all ')}
		) f
		where coalesce(${known}) is not null${grouped}`;
}
