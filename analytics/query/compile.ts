import { DIMENSIONS, type Dimension, type DimensionId } from '../dimensions.ts';
import { METRICS, type BaseMetric, type MetricId } from '../metrics.ts';
import type { DateRange, Filter } from '../reports/result.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';
import { filterCondition, type StoredFact } from './filter-condition.ts';
import type { Interval } from './period.ts';

/** What to group by: dimensions, dates, or both. */
export type Grouping = DimensionId | 'date';

export interface Question {
	readonly site: number;
	readonly range: DateRange;
	readonly interval: Interval;
	readonly metrics: readonly MetricId[];
	readonly by: readonly Grouping[];
	readonly filters: readonly Filter[];
	/** Leaves out pages that are no post; for facts that know pages. */
	readonly postsOnly?: boolean;
}

/** The base metrics that a list of metrics rests on. */
function baseMetrics(metrics: readonly MetricId[]): readonly (readonly [MetricId, BaseMetric])[] {
	const found = new Map<MetricId, BaseMetric>();
	const visit = (id: MetricId): void => {
		const metric = METRICS[id];
		switch (metric.kind) {
			case 'base':
				found.set(id, metric);
				break;
			case 'ratio':
				visit(metric.numerator);
				visit(metric.denominator);
				break;
			case 'bound':
				visit(metric.of);
				break;
			case 'report':
				break;
		}
	};
	metrics.forEach(visit);
	return [...found].filter(([, metric]) => !metric.facts.includes('catalogue'));
}

/**
 * One query that answers the base metrics by group: a grouped select per fact, joined on the groups.
 * Its columns are the groupings, then the base metrics as doubles.
 */
export function compile(question: Question): Sql {
	const byFact = Map.groupBy(baseMetrics(question.metrics), ([, metric]) =>
		factOf(metric, question)
	);
	const parts = [...byFact].map(([fact, metrics]) => grouped(fact, metrics, question));
	const keys = question.by.map(identifier);
	if (parts.length === 0) return sql`select 1 where false`;
	const joined = parts
		.map((part, index) => sql`(${part}) as ${identifier(`part_${index}`)}`)
		.reduce((left, right) =>
			keys.length === 0
				? sql`${left} cross join ${right}`
				: sql`${left} full join ${right} using (${join(keys, ', ')})`
		);
	return sql`select * from ${joined}`;
}

function factOf(metric: BaseMetric, { by }: Question): StoredFact {
	const facts = metric.facts.filter((fact) => fact !== 'catalogue');
	const knowing = facts.find((fact) =>
		by.every((key) => key === 'date' || DIMENSIONS[key].columns[fact] !== undefined)
	);
	if (knowing === undefined)
		throw new TypeError(`"${metric.label}" cannot be grouped by ${by.join(', ')}.`);
	return knowing;
}

function grouped(
	fact: StoredFact,
	metrics: readonly (readonly [MetricId, BaseMetric])[],
	{ site, range, interval, by, filters, postsOnly }: Question
): Sql {
	const groups = by.map((key) =>
		key === 'date' ? dateExpression(interval, range.from) : groupExpression(DIMENSIONS[key], fact)
	);
	const joins = by.flatMap((key) => {
		const via = key === 'date' ? undefined : DIMENSIONS[key].via;
		if (via === undefined) return [];
		const table = identifier(via.table);
		return [sql` join ${table} on ${table}.site_id = f.site_id and ${table}.post_id = f.post_id`];
	});
	const selected = [
		...by.map((key, index) => sql`${groups[index] ?? raw('null')} as ${identifier(key)}`),
		...metrics.map(([id, metric]) => sql`(${raw(metric.sql)})::double as ${identifier(id)}`)
	];
	const conditions = [
		factCondition(fact, { site, range, filters }),
		...(postsOnly === true && fact !== 'visits' ? [raw('f.post_id is not null')] : [])
	];
	return sql`
		select ${join(selected, ', ')}
		from ${identifier(fact)} f${join(joins, '')}
		where ${join(conditions, ' and ')}${by.length === 0 ? raw('') : raw(' group by all')}`;
}

/** The rows of a fact `f` that a question is about. */
export function factCondition(
	fact: StoredFact,
	{ site, range, filters }: Pick<Question, 'site' | 'range' | 'filters'>
): Sql {
	const conditions = filters.map((filter) => filterCondition(fact, filter));
	return join([rangeCondition(site, range), ...conditions], ' and ');
}

/** Rows `f` of one site within a range of local days, and instants where the range is a rolling one. */
export function rangeCondition(site: number, range: DateRange): Sql {
	const days = sql`f.site_id = ${site} and f.day >= ${range.from}::date and f.day <= ${range.to}::date`;
	return range.since === undefined || range.until === undefined
		? days
		: sql`${days} and f.ts >= ${range.since} and f.ts < ${range.until}`;
}

function groupExpression(dimension: Dimension, fact: StoredFact): Sql {
	if (dimension.via !== undefined)
		return sql`${identifier(dimension.via.table)}.${identifier(dimension.via.column)}`;
	const column = raw(dimension.columns[fact] ?? 'null');
	return dimension === DIMENSIONS.post
		? sql`coalesce(${column}, -1)`
		: sql`coalesce(${column}, '')`;
}

function dateExpression(interval: Interval, from: string): Sql {
	switch (interval) {
		case 'hour':
			return raw(`strftime(f.day, '%Y-%m-%d') || ' ' || lpad(f.hour::varchar, 2, '0') || ':00'`);
		case 'day':
			return raw(`f.day::varchar`);
		case 'week':
		case 'month':
			return sql`greatest(date_trunc(${interval}, f.day)::date, ${from}::date)::varchar`;
	}
}
