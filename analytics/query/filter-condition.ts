import { DIMENSIONS, type Dimension } from '../dimensions.ts';
import type { FactName } from '../metrics.ts';
import type { DateRange } from '../reports/result.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';
import type { FactSource } from './fact-source.ts';
import type { Condition, FilterTree, GoalCondition } from './filter-tree.ts';
import { GOALS } from './goals.ts';

/** A fact that the store keeps. */
export type StoredFact = Exclude<FactName, 'catalogue'>;

type Operator = Condition['operator'];

/** The site and the days of the rows that a filter is put to, and where rows of other facts are looked up. */
interface Within {
	readonly site: number;
	readonly range: DateRange;
	readonly from: FactSource;
}

/**
 * A filter on a fact. Where the fact does not know the dimension, its row must belong to one that does: a visit to a
 * page view of the same visit, a page to a call to action of the same visitor, day and page, and so on.
 */
function filterCondition(fact: StoredFact, filter: FilterTree, within: Within): Sql {
	if ('all' in filter) return group(fact, filter.all, within, ' and ', 'true');
	if ('any' in filter) return group(fact, filter.any, within, ' or ', 'false');
	if ('not' in filter) return sql`not ${filterCondition(fact, filter.not, within)}`;
	return 'goals' in filter ? reached(fact, filter, within) : condition(fact, filter, within);
}

function group(
	fact: StoredFact,
	filters: readonly FilterTree[],
	within: Within,
	separator: string,
	otherwise: string
): Sql {
	const parts = filters.map((filter) => filterCondition(fact, filter, within));
	return sql`(${join(parts, separator, otherwise)})`;
}

/** The conditions of several filters on a fact. Those that ask the same one row of another fact ask it once. */
export function filterConditions(
	fact: StoredFact,
	filters: readonly FilterTree[],
	within: Within
): readonly Sql[] {
	const conditions: Sql[] = [];
	const together = new Map<Bridge, Condition[]>();
	const numbered = new Map<string, Condition[]>();
	for (const filter of filters) {
		const table = 'dimension' in filter ? DIMENSIONS[filter.dimension].numbered?.table : undefined;
		if ('dimension' in filter && table !== undefined) {
			numbered.set(table, [...(numbered.get(table) ?? []), filter]);
			continue;
		}
		const bridge = 'dimension' in filter ? bridgeOf(fact, filter) : null;
		if (
			!('dimension' in filter) ||
			bridge?.isOneRow !== true ||
			positiveOf(filter.operator) !== null
		)
			conditions.push(filterCondition(fact, filter, within));
		else together.set(bridge, [...(together.get(bridge) ?? []), filter]);
	}
	return [
		...[...numbered.values()].map((filters) => ofNumbers(filters, within)),
		...conditions,
		...[...together].map(([bridge, asked]) => lookedUp(bridge, asked, 'in', within))
	];
}

/** Rows `f` whose origin, or whose client, passes some filters on it: few numbers, found in a small table. */
function ofNumbers(filters: readonly Condition[], { from }: Within): Sql {
	const tests = filters.map((filter) => {
		const column = DIMENSIONS[filter.dimension].columns.visits ?? '';
		return test(sql`coalesce(${raw(column)}, '')`, filter);
	});
	const { table, number } =
		filters.flatMap(({ dimension }) => DIMENSIONS[dimension].numbered ?? [])[0] ?? {};
	if (table === undefined || number === undefined)
		throw new TypeError('No numbers stand for that.');
	return sql`${raw(`f.${number} in (select ${table}.${number} from `)}${from.numbers(table)} where ${join(tests, ' and ')})`;
}

function condition(fact: StoredFact, filter: Condition, within: Within): Sql {
	if (DIMENSIONS[filter.dimension].numbered !== undefined) return ofNumbers([filter], within);
	const bridge = bridgeOf(fact, filter);
	const dimension = DIMENSIONS[filter.dimension];
	if (bridge === null)
		return matches(dimension, raw(dimension.columns[fact] ?? ''), filter, sql`${within.site}`);
	const positive = positiveOf(filter.operator);
	return positive === null
		? lookedUp(bridge, [filter], 'in', within)
		: lookedUp(bridge, [{ ...filter, operator: positive }], 'not in', within);
}

/** How a fact comes to rows that know a dimension; null where it knows it itself. */
function bridgeOf(fact: StoredFact, { dimension }: Condition): Bridge | null {
	const { columns } = DIMENSIONS[dimension];
	if (columns[fact] !== undefined) return null;
	const bridge = BRIDGES[fact].find(({ to }) => columns[to] !== undefined);
	if (bridge === undefined) throw new TypeError(`"${dimension}" cannot filter ${fact}.`);
	return bridge;
}

/** Uncorrelated, and with the days again: that took a sixth of the time of an EXISTS. */
function lookedUp(
	{ to, on }: Bridge,
	filters: readonly Condition[],
	operator: 'in' | 'not in',
	{ site, range, from }: Within
): Sql {
	const keys = ['visitor', ...on];
	const keysAs = (alias: string): Sql => raw(keys.map((key) => `${alias}."${key}"`).join(', '));
	const conditions = filters.map((filter) => {
		const dimension = DIMENSIONS[filter.dimension];
		const column = raw((dimension.columns[to] ?? '').replace(/^f\./, 'o.'));
		return matches(dimension, column, filter, sql`${site}`);
	});
	return sql`(${keysAs('f')}) ${raw(operator)} (
		select (${keysAs('o')}) from ${from.rows(to)} o
		where o.site_id = ${site} and o.day >= ${range.from}::date and o.day <= ${range.to}::date
			and ${join(conditions, ' and ')})`;
}

interface Bridge {
	readonly to: StoredFact;
	readonly on: readonly string[];
	/** Whether those columns, with site, day and visitor, name one row. */
	readonly isOneRow?: true;
}

const BRIDGES: Readonly<Record<StoredFact, readonly Bridge[]>> = {
	views: [
		{ to: 'visits', on: ['visit'], isOneRow: true },
		{ to: 'cta_exposures', on: ['page'] }
	],
	readings: [
		{ to: 'cta_exposures', on: ['page'] },
		{ to: 'visits', on: [] }
	],
	visits: [
		{ to: 'views', on: ['visit'] },
		{ to: 'cta_exposures', on: [] }
	],
	cta_exposures: [{ to: 'visits', on: [] }]
};

/** Facts whose rows can tell whether they, or their visit, reached a goal. */
export const GOAL_FACTS: Readonly<Record<GoalCondition['within'], readonly StoredFact[]>> = {
	row: ['visits', 'readings'],
	visit: ['visits', 'views']
};

function reached(fact: StoredFact, { goals, within }: GoalCondition, { from }: Within): Sql {
	if (!GOAL_FACTS[within].includes(fact)) throw new TypeError(`A goal cannot filter ${fact}.`);
	const any = (of: 'reading' | 'event'): Sql =>
		join(
			goals.map((goal) => raw(GOALS[goal][of])),
			' or ',
			'false'
		);
	if (fact === 'readings') return sql`(${any('reading')})`;
	// The visits of a visitor do not overlap, so a moment belongs to one of them.
	const inVisit = (visit: string): Sql => sql`exists (
		select 1 from ${from.rows('events')} e
		where e.site_id = f.site_id and e.day = f.day and e.visitor = f.visitor
			and e.ts >= ${raw(visit)}.ts and e.ts <= ${raw(visit)}.last_ts and (${any('event')}))`;
	return fact === 'visits'
		? inVisit('f')
		: sql`exists (
		select 1 from visits v
		where v.site_id = f.site_id and v.day = f.day and v.visitor = f.visitor and v.visit = f.visit
			and ${inVisit('v')})`;
}

/** A condition on a column of the dimension, for dimensions of posts with several values on the post's id. */
export function matches(dimension: Dimension, column: Sql, filter: Condition, site: Sql): Sql {
	if (dimension.via !== undefined) {
		const { table, column: name } = dimension.via;
		const positive = positiveOf(filter.operator);
		return sql`coalesce(${column}, -1) ${raw(positive === null ? 'in' : 'not in')} (
			select post_id from ${identifier(table)} t
			where t.site_id = ${site} and ${test(sql`t.${identifier(name)}`, { ...filter, operator: positive ?? filter.operator })})`;
	}
	return dimension === DIMENSIONS.post
		? test(sql`coalesce(${column}::varchar, '')`, filter)
		: test(sql`coalesce(${column}, '')`, filter);
}

/** The operator that a negative one turns round; null for a positive one. */
function positiveOf(operator: Operator): Operator | null {
	switch (operator) {
		case 'is_not':
			return 'is';
		case 'contains_not':
			return 'contains';
		case 'matches_not':
			return 'matches';
		case 'is':
		case 'contains':
		case 'matches':
			return null;
	}
}

/** A condition on a text. */
export function test(column: Sql, { operator, values, caseSensitive }: Condition): Sql {
	const positive = positiveOf(operator) ?? operator;
	const negation = raw(positive === operator ? '' : 'not ');
	const isCased = caseSensitive ?? positive !== 'contains';
	const folded = (text: Sql): Sql => (isCased ? text : sql`lower(${text})`);
	const any = (one: (value: Sql) => Sql): Sql =>
		join(
			values.map((value) => one(sql`${value}`)),
			' or ',
			'false'
		);
	if (positive === 'is')
		return values.length === 0
			? sql`${negation}(false)`
			: sql`${folded(column)} ${negation}in (${join(
					values.map((value) => folded(sql`${value}`)),
					', '
				)})`;
	if (positive === 'contains')
		return sql`${negation}(${any((value) => sql`contains(${folded(column)}, ${folded(value)})`)})`;
	return sql`${negation}(${any((value) => sql`regexp_matches(${column}, ${value}, ${raw(isCased ? "'c'" : "'i'")})`)})`;
}
