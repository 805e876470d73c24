import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import { factOf } from '../fact-of.ts';
import { DISTINCT_VISITORS, type MetricId } from '../metrics.ts';
import type { DateRange } from '../reports/result.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';
import {
	isRolled,
	aggregateOf,
	isUnrolled,
	joinsOf,
	keyColumn,
	keyOf,
	numberedJoinsOf,
	tablesOf,
	type Rollup
} from '../stores/rollups.ts';
import { baseMetrics, type AskedMetric } from './base-metrics.ts';
import { countOfVisitors } from './distinct-visitors.ts';
import type { FactSource } from './fact-source.ts';
import { dateExpression, groupExpression, scaled } from './group-expressions.ts';
import { filterConditions, matches, test, type StoredFact } from './filter-condition.ts';
import { leavesOf, type FilterTree } from './filter-tree.ts';
import type { Interval } from './period.ts';
import { fromCrossed, isCrossed, type CrossedMetrics } from './from-crossed.ts';
import { isOneRowEach, rollupFor, tellsOfOtherPages } from './plan.ts';
import { scopeConditions } from './scope-conditions.ts';
import type { Scope } from './scope.ts';
import { factsWithin } from './scoped-facts.ts';
import { summedIn } from './summed-in.ts';

/** What to group by: dimensions, dates, or both. */
export type Grouping = DimensionId | 'date';

export interface Question {
	readonly site: number;
	readonly range: DateRange;
	readonly interval: Interval;
	readonly metrics: readonly MetricId[];
	readonly by: readonly Grouping[];
	readonly filters: readonly FilterTree[];
	readonly scope: Scope;
	/** Leaves out pages that are no post; for facts that know pages. */
	readonly postsOnly?: boolean;
	/** Days that are read from their facts, in order. */
	readonly unrolled: readonly string[];
}

/** What is read from one roll-up: the metrics by the fact that they are of. */
interface Summed {
	readonly rollup: Rollup;
	readonly facts: Map<StoredFact, readonly AskedMetric[]>;
}

/**
 * One query that answers the base metrics by group: a grouped select for what is kept by day, one for each fact that is
 * read itself, joined on the groups. Its columns are the groupings, then the base metrics as doubles.
 */
export function compile(question: Question): Sql {
	const { ofPages, ofReaders } = scopeConditions(question.scope);
	/** Sums of whole days know nothing of a scope but what a filter says. */
	const held = { ...question, filters: [...ofPages, ...ofReaders, ...question.filters] };
	const read: Summed['facts'] = new Map();
	const summed = new Map<string, Summed>();
	const crossed: CrossedMetrics = new Map();
	for (const asked of baseMetrics(question.metrics)) {
		const [id, metric] = asked;
		const fact = factOf(metric, question.by);
		if (fact === null)
			throw new TypeError(`"${metric.label}" cannot be grouped by ${question.by.join(', ')}.`);
		const rollup = isRolled(metric) ? rollupFor(fact, id, held) : null;
		const isSummed = rollup !== null && !(ofPages.length > 0 && tellsOfOtherPages(rollup));
		const facts: Map<StoredFact, readonly AskedMetric[]> = isSummed
			? summedFrom(summed, rollup)
			: isCrossed(fact, metric, held)
				? crossed
				: read;
		facts.set(fact, [...(facts.get(fact) ?? []), asked]);
	}
	const parts = [
		...[...summed.values()].map((part) => fromDays(part, held)),
		...(crossed.size === 0 ? [] : [fromCrossed(crossed, held)]),
		...[...read].map(([fact, metrics]) => fromFact(fact, metrics, question))
	];
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

function summedFrom(summed: Map<string, Summed>, rollup: Rollup): Summed['facts'] {
	const name = `${rollup.id} ${rollup.postsOnly === true}`;
	const part = summed.get(name) ?? { rollup, facts: new Map() };
	summed.set(name, part);
	return part.facts;
}

function fromFact(fact: StoredFact, metrics: readonly AskedMetric[], question: Question): Sql {
	const { range, interval, by, postsOnly } = question;
	const isOnce = isOneRowEach(fact, question);
	const groups = by.map((key) =>
		key === 'date' ? dateExpression(interval, range.from) : groupExpression(DIMENSIONS[key], fact)
	);
	const keys = by.filter((key) => key !== 'date');
	const facts = readFacts({ ...question, metrics: metrics.map(([id]) => id) });
	const selected = [
		...by.map((key, index) => sql`${groups[index] ?? raw('null')} as ${identifier(key)}`),
		...metrics.map(
			([id, { sql: aggregate, per }]) =>
				sql`${scaled(isOnce ? aggregate.replace(DISTINCT_VISITORS, 'count(*)') : countOfVisitors(aggregate), per)} as ${identifier(id)}`
		)
	];
	const conditions = [
		facts.where(fact),
		...(postsOnly === true && fact !== 'visits' ? [raw('f.post_id is not null')] : [])
	];
	return sql`
		select ${join(selected, ', ')}
		from ${facts.rows(fact)} f${raw(joinsOf(keys))}${numberJoins(keys, facts)}
		where ${join(conditions, ' and ')}${by.length === 0 ? raw('') : raw(' group by all')}`;
}

/** The same from a roll-up: its days, and the facts of the days that it does not have. */
function fromDays({ rollup, facts }: Summed, question: Question): Sql {
	const { site, range, interval, by, filters } = question;
	const { id, by: keys, postsOnly } = rollup;
	const metrics = [...facts.values()].flat();
	const columns = [
		raw('f.day'),
		...keys.map((_, index) => raw(`f.${keyColumn(index)}`)),
		...metrics.map(([metric]) => sql`f.${identifier(metric)}`)
	];
	const kept = summedIn(tablesOf(rollup), question).map(
		({ table, days }) => sql`
			select ${join(columns, ', ')}
			from ${raw(table)} f
			where f.site_id = ${site} and ${days} and f.rollup = ${raw(String(id))}`
	);
	const days = question.unrolled.filter((day) => day >= range.from && day <= range.to);
	const unrolled =
		days.length === 0
			? []
			: [...facts].map(([fact, own]) =>
					fromUnrolled(rollup, fact, { own, metrics, days }, question)
				);
	const conditions = [
		...filters.map((filter) => keyCondition(site, keys, filter)),
		...(postsOnly === true && keys.length > 0 ? [raw(`f.${keyColumn(0)} <> ''`)] : []),
		// A key that another fact alone has rows of.
		...(by.length > 0
			? [
					sql`coalesce(${join(
						metrics.map(([metric]) => sql`f.${identifier(metric)}`),
						', '
					)}) is not null`
				]
			: [])
	];
	const selected = [
		...by.map((key) => {
			if (key === 'date') return sql`${dateExpression(interval, range.from)} as ${identifier(key)}`;
			const column = keyColumn(keys.indexOf(key));
			const value =
				key === 'post' ? `coalesce(nullif(f.${column}, '')::integer, -1)` : `f.${column}`;
			return sql`${raw(value)} as ${identifier(key)}`;
		}),
		...metrics.map(
			([metric, { per }]) => sql`${scaled(`sum(f."${metric}")`, per)} as ${identifier(metric)}`
		)
	];
	return sql`
		select ${join(selected, ', ')}
		from (${join([...kept, ...unrolled], ' union all ')}
		) f
		where ${join(conditions, ' and ', 'true')}${by.length === 0 ? raw('') : raw(' group by all')}`;
}

/** What a fact's rows say of the days that are not summed up, in the form of the days that are. */
function fromUnrolled(
	{ by: keys, postsOnly }: Rollup,
	fact: StoredFact,
	{
		own,
		metrics,
		days
	}: {
		readonly own: readonly AskedMetric[];
		readonly metrics: readonly AskedMetric[];
		readonly days: readonly string[];
	},
	{ site, range }: Question
): Sql {
	const columns = [
		raw('f.day'),
		...keys.map((key, index) => raw(`${keyOf(key, fact)} as ${keyColumn(index)}`)),
		...metrics.map(([id, metric]) =>
			own.some(([kept]) => kept === id)
				? sql`${raw(aggregateOf(metric))} as ${identifier(id)}`
				: sql`null::bigint as ${identifier(id)}`
		)
	];
	const groups = ['f.day', ...keys.map((_, index) => keyColumn(index))].join(', ');
	return sql`
			select ${join(columns, ', ')}
			from ${identifier(fact)} f${raw(joinsOf(keys) + numberedJoinsOf(keys))}
			where ${rangeCondition(site, range)}
				and ${isUnrolled(site, days)}${raw(postsOnly === true ? ' and f.post_id is not null' : '')}
			group by ${raw(groups)}`;
}

/** A filter on the key of a roll-up. */
function keyCondition(site: number, keys: readonly DimensionId[], filter: FilterTree): Sql {
	if (!('dimension' in filter)) throw new TypeError('Only a plain condition can test a key.');
	const own = keys.indexOf(filter.dimension);
	if (own >= 0) return test(raw(`f.${keyColumn(own)}`), filter);
	const dimension = DIMENSIONS[filter.dimension];
	const post = keys.indexOf('post');
	return post >= 0
		? matches(dimension, raw(`nullif(f.${keyColumn(post)}, '')::integer`), filter, sql`${site}`)
		: sql`${raw(`f.${keyColumn(keys.indexOf('page'))}`)} in (
			select p.path from posts p
			where p.site_id = ${site} and ${matches(dimension, raw('p.post_id'), filter, sql`${site}`)})`;
}

/** The facts that a question is about. */
interface ReadFacts extends FactSource {
	/** Which rows `f` of a fact. */
	readonly where: (fact: StoredFact) => Sql;
}

/** How a question's facts are read; whoever reads them without `compile` asks for them here. */
export function readFacts({
	site,
	range,
	filters,
	scope,
	by = [],
	metrics = []
}: Pick<Question, 'site' | 'range' | 'filters' | 'scope'> &
	Partial<Pick<Question, 'by' | 'metrics'>>): ReadFacts {
	const filtered = filters
		.flatMap(leavesOf)
		.flatMap((leaf) => ('dimension' in leaf ? [leaf.dimension] : []));
	const dimensions = [...by.filter((key) => key !== 'date'), ...filtered];
	const from = factsWithin({ site, range, scope, dimensions, metrics });
	return {
		...from,
		where: (fact) => {
			const conditions = filterConditions(fact, filters, { site, range, from });
			return join([rangeCondition(site, range), ...conditions], ' and ');
		}
	};
}

function numberJoins(keys: readonly DimensionId[], { numbers }: FactSource): Sql {
	const found = keys.flatMap((key) => DIMENSIONS[key].numbered ?? []);
	const joins = [...new Map(found.map(({ table, number }) => [table, number]))].map(
		([table, number]) => sql` join ${numbers(table)} on ${raw(`${table}.${number} = f.${number}`)}`
	);
	return join(joins, '');
}

/** Rows `f` of one site within a range of local days, and instants where the range is a rolling one. */
export function rangeCondition(site: number, range: DateRange): Sql {
	const days = sql`f.site_id = ${site} and f.day >= ${range.from}::date and f.day <= ${range.to}::date`;
	return range.since === undefined || range.until === undefined
		? days
		: sql`${days} and f.ts >= ${range.since} and f.ts < ${range.until}`;
}
