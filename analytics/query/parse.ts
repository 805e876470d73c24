import { z } from 'zod';
import { DIMENSIONS, isDimensionId } from '../dimensions.ts';
import { keysOf } from '../keys-of.ts';
import type { QueryError, QueryOutcome } from '../engine-contract.ts';
import type { ImportedSpan } from '../imports/imported-span.ts';
import type { Site } from '../posts/site.ts';
import type { DateRange, ResolvedQuery } from '../reports/result.ts';
import { addDays, daysBetween, startOfDay } from '../time/local.ts';
import { OPERATORS, parseFilter } from './filter.ts';
import {
	COMPARES,
	compareDays,
	daysOf,
	FIRST_DAY,
	INTERVALS,
	LAST_DAY,
	naturalInterval,
	PERIODS,
	type Compare,
	type Days,
	type Interval
} from './period.ts';
import { queryError } from './query-error.ts';

const MAX_DAYS = 36_600;
/** Greatest length of `q`, in UTF-16 units. */
export const MAX_SEARCH = 200;
export const MAX_FILTERS = 20;
export const MAX_VALUES = 200;
export const MAX_VALUE = 2_048;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const isoDate = z.iso.date();
const sortParameter = z.string().regex(/^-?[a-z][a-z0-9_]*$/);
const AT_MOST_FILTERS = `at most ${MAX_FILTERS}; several values of one filter are separated by |`;
const FILTER_GRAMMAR = `<dimension>:<operator>:<value>|<value>, dimensions ${keysOf(DIMENSIONS).join(', ')}, operators ${OPERATORS.join(', ')}`;

interface Context {
	readonly site: Site;
	/** Epoch milliseconds. */
	readonly now: number;
	/** The site's first local day with an event, or null. */
	readonly firstDay: string | null;
	/** Days before it for which other tools have counted. */
	readonly imported?: Omit<ImportedSpan, 'counted'> | null;
}

/** Reads a screen's or API's query string. Every wrong field is told with its path, what was given and what is allowed. */
export function parseQuery(
	params: URLSearchParams,
	{ site, now, firstDay, imported = null }: Context
): QueryOutcome {
	const errors: QueryError[] = [];
	const reject = (path: string, given: string, allowed: string): void => {
		errors.push(queryError(path, given, allowed));
	};
	function choice<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
		const given = params.get(name);
		if (given === null || given === '') return fallback;
		const found = allowed.find((value) => value === given);
		if (found === undefined) reject(name, given, allowed.join(', '));
		return found ?? fallback;
	}

	const hasDates = params.has('from') || params.has('to');
	const period = choice('period', keysOf(PERIODS), '30d');
	const counted = choice('imported', ['true', 'false'], 'true') === 'true';
	const firstKnown = counted ? (imported?.from ?? firstDay) : firstDay;
	const days = hasDates ? givenDays() : daysOf(period, site.zone, now, firstKnown);
	const mode = choice('compare', keysOf(COMPARES), 'previous');
	const rolling = !hasDates && period === '24h';
	const since = Math.floor((now - DAY) / HOUR) * HOUR + HOUR;
	const range: DateRange = rolling ? { ...days, since, until: now + HOUR } : days;
	const interval = choice<Interval>(
		'interval',
		INTERVALS,
		rolling ? 'hour' : naturalInterval(days)
	);
	if (interval === 'hour' && daysBetween(days.from, days.to) > 31)
		reject('interval', interval, 'day, week, month for a range of more than 31 days');
	const sort = params.get('sort') ?? '';
	if (sort !== '' && !sortParameter.safeParse(sort).success)
		reject('sort', sort, 'a column id, with a leading - for descending');
	const given = params.getAll('filter');
	if (given.length > MAX_FILTERS) reject('filter', `${given.length} filters`, AT_MOST_FILTERS);
	const filters = given.slice(0, MAX_FILTERS).flatMap((text, index) => {
		const filter = parseFilter(text);
		const allowed =
			filter === null
				? FILTER_GRAMMAR
				: filter.values.length > MAX_VALUES
					? `at most ${MAX_VALUES} values`
					: filter.values.some((value) => value.length > MAX_VALUE)
						? `values of at most ${MAX_VALUE} characters`
						: null;
		if (allowed !== null) reject(`filter/${index}`, text, allowed);
		return filter === null || allowed !== null ? [] : [filter];
	});
	const search = params.get('q') ?? '';
	if (search.length > MAX_SEARCH) reject('q', search, `at most ${MAX_SEARCH} characters`);
	const by = (params.get('by') ?? '').split(',').filter((name) => name !== '');
	const dimensions = by.filter(isDimensionId);
	if (dimensions.length < by.length)
		reject('by', by.join(','), `dimensions separated by commas: ${keysOf(DIMENSIONS).join(', ')}`);
	if (errors.length > 0) return { ok: false, errors };
	const compare = sameTimeOfDay(compareRange(range, mode));
	const isOfImports =
		imported !== null && (overlaps(range, imported) || overlaps(compare, imported));
	return {
		ok: true,
		query: {
			site: site.domain,
			zone: site.zone,
			period: hasDates ? 'custom' : period,
			...range,
			compare,
			interval,
			by: dimensions.length === 0 ? null : dimensions,
			filters,
			sort:
				sort === '' ? null : { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') },
			search: search.toWellFormed(),
			...(isOfImports ? { imported: { ...imported, counted } } : {})
		}
	};

	/** The running day is compared with as much of the other one as has passed of it. */
	function sameTimeOfDay(compare: ResolvedQuery['compare']): ResolvedQuery['compare'] {
		if (compare === null || hasDates || period !== 'today') return compare;
		const start = startOfDay(site.zone, compare.from);
		return { ...compare, since: start, until: start + now - startOfDay(site.zone, days.from) };
	}

	function givenDays(): Days {
		const from = params.get('from') ?? '';
		const to = params.get('to') ?? (isoDate.safeParse(from).success && from > '' ? from : '');
		for (const [name, value] of [
			['from', from],
			['to', to]
		] as const)
			if (!isoDate.safeParse(value).success || value < FIRST_DAY || value > LAST_DAY)
				reject(name, value, `a date as YYYY-MM-DD, from ${FIRST_DAY} to ${LAST_DAY}`);
		if (errors.length === 0 && from > to) reject('to', to, `a date on or after ${from}`);
		if (errors.length === 0 && daysBetween(from, to) >= MAX_DAYS)
			reject('to', to, 'a range of at most a hundred years');
		return errors.length === 0 ? { from, to } : { from: FIRST_DAY, to: FIRST_DAY };
	}
}

function overlaps(
	range: DateRange | null,
	{ from, until }: Pick<ImportedSpan, 'from' | 'until'>
): boolean {
	return range !== null && range.from <= until && range.to >= from;
}

function compareRange(range: DateRange, mode: Compare): ResolvedQuery['compare'] {
	if (range.since !== undefined && range.until !== undefined) {
		if (mode === 'none') return null;
		const shift = mode === 'previous' ? 1 : mode === 'weekday' ? 7 : 364;

		return {
			mode,
			from: addDays(range.from, -shift),
			to: addDays(range.to, -shift),
			since: range.since - shift * DAY,
			until: range.since - shift * DAY + DAY
		};
	}
	const days = compareDays(range, mode);
	return days === null ? null : { mode, ...days };
}
