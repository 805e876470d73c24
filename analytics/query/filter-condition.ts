import { DIMENSIONS, type Dimension } from '../dimensions.ts';
import type { FactName } from '../metrics.ts';
import type { Filter } from '../reports/result.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';

/** A fact that the store keeps. */
export type StoredFact = Exclude<FactName, 'catalogue'>;

/**
 * A filter on a fact. Where the fact does not know the dimension, its row must belong to one that does: a visit to a
 * page view of the same visit, a page to a call to action of the same visitor, day and page, and so on.
 */
export function filterCondition(fact: StoredFact, filter: Filter): Sql {
	const dimension = DIMENSIONS[filter.dimension];
	const column = dimension.columns[fact];
	if (column !== undefined) return matches(dimension, raw(column), filter, sql`f.site_id`);
	const bridge = BRIDGES[fact].find(({ to }) => dimension.columns[to] !== undefined);
	if (bridge === undefined) throw new TypeError(`"${filter.dimension}" cannot filter ${fact}.`);
	const other = (dimension.columns[bridge.to] ?? '').replace(/^f\./, 'o.');
	const negative = filter.operator === 'is_not' || filter.operator === 'contains_not';
	const positive: Filter = negative
		? { ...filter, operator: filter.operator === 'is_not' ? 'is' : 'contains' }
		: filter;
	return sql`${raw(negative ? 'not ' : '')}exists (
		select 1 from ${identifier(bridge.to)} o
		where o.site_id = f.site_id and o.day = f.day and o.visitor = f.visitor
			and ${join(
				bridge.on.map((name) => sql`o.${identifier(name)} = f.${identifier(name)}`),
				' and ',
				'true'
			)}
			and ${matches(dimension, raw(other), positive, sql`o.site_id`)})`;
}

const BRIDGES: Readonly<
	Record<StoredFact, readonly { readonly to: StoredFact; readonly on: readonly string[] }[]>
> = {
	views: [
		{ to: 'visits', on: ['visit'] },
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
	cta_exposures: [
		{ to: 'readings', on: ['page'] },
		{ to: 'visits', on: [] }
	]
};

function matches(dimension: Dimension, column: Sql, filter: Filter, site: Sql): Sql {
	if (dimension.via !== undefined) {
		const { table, column: name } = dimension.via;
		const negative = filter.operator === 'is_not' || filter.operator === 'contains_not';
		const positive: Filter['operator'] =
			filter.operator === 'is_not'
				? 'is'
				: filter.operator === 'contains_not'
					? 'contains'
					: filter.operator;
		return sql`coalesce(${column}, -1) ${raw(negative ? 'not in' : 'in')} (
			select post_id from ${identifier(table)} t
			where t.site_id = ${site} and ${test(sql`t.${identifier(name)}`, positive, filter.values)})`;
	}
	if (dimension === DIMENSIONS.post)
		return test(sql`coalesce(${column}, -1)::varchar`, filter.operator, filter.values);
	return test(sql`coalesce(${column}, '')`, filter.operator, filter.values);
}

function test(column: Sql, operator: Filter['operator'], values: readonly string[]): Sql {
	switch (operator) {
		case 'is':
			return sql`${column} in (${join(
				values.map((value) => sql`${value}`),
				', '
			)})`;
		case 'is_not':
			return sql`${column} not in (${join(
				values.map((value) => sql`${value}`),
				', '
			)})`;
		case 'contains':
			return sql`(${join(
				values.map((value) => sql`contains(lower(${column}), lower(${value}))`),
				' or '
			)})`;
		case 'contains_not':
			return sql`not (${join(
				values.map((value) => sql`contains(lower(${column}), lower(${value}))`),
				' or '
			)})`;
		case 'matches':
			return sql`(${join(
				values.map((value) => sql`regexp_matches(${column}, ${value})`),
				' or '
			)})`;
	}
}
