import { DIMENSIONS, type Dimension } from '../dimensions.ts';
import { identifier, raw, sql, type Sql } from '../stores/sql.ts';
import type { StoredFact } from './filter-condition.ts';
import type { Interval } from './period.ts';

/** A metric's value of an aggregate. */
export function scaled(aggregate: string, per: number | undefined): Sql {
	return per === undefined
		? raw(`(${aggregate})::double`)
		: raw(`((${aggregate})::double / ${per})`);
}

/** The value of a dimension of a fact's row, never null. */
export function groupExpression(dimension: Dimension, fact: StoredFact): Sql {
	if (dimension.via !== undefined)
		return sql`${identifier(dimension.via.table)}.${identifier(dimension.via.column)}`;
	const column = raw(dimension.columns[fact] ?? 'null');
	return dimension === DIMENSIONS.post
		? sql`coalesce(${column}, -1)`
		: sql`coalesce(${column}, '')`;
}

/** The bucket of a row's day, or hour. */
export function dateExpression(interval: Interval, from: string): Sql {
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
