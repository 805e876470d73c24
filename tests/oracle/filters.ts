import type { Filter } from '../../analytics/reports/result.ts';
import { knows, valuesOf } from './dimension-values.ts';
import type { FactRow } from './fact-rows.ts';

/**
 * What a filter keeps. A row has values in each dimension; a filter keeps it where one of them passes one of the
 * filter's values, and a negative filter keeps exactly what its positive would not. Several filters are asked each for
 * itself. A row of a kind that does not know the dimension has the values of what it goes with:
 *
 * - a visit: the pages it viewed; the calls to action its visitor met that day
 * - a page view: the first and last page of its visit; the calls to action its visitor met that day on that page
 * - a reading (visitor, day and page): the calls to action met there; first and last page of any visit of that day
 * - a call to action met: source and client of the reading of its page; first and last page of any visit of that day
 *
 * `contains` takes no notice of case, `is` and `matches` do. What an event did not say is an empty text, which can be
 * named; a page that is no post has no post, topic or author, so that only negative filters keep it.
 */
export function keptBy(
	filters: readonly Filter[],
	all: readonly FactRow[]
): (row: FactRow) => boolean {
	const visitorDays = Map.groupBy(all, ({ day, visitor }) => `${day} ${visitor}`);
	return (row) => {
		const beside = visitorDays.get(`${row.day} ${row.visitor}`) ?? [];
		return filters.every((filter) => keeps(filter, row, beside));
	};
}

function keeps(filter: Filter, row: FactRow, beside: readonly FactRow[]): boolean {
	const values = knows(row.kind, filter.dimension)
		? valuesOf(row, filter.dimension)
		: goingWith(row, filter, beside).flatMap((other) => valuesOf(other, filter.dimension));
	switch (filter.operator) {
		case 'is':
			return values.some((value) => filter.values.includes(value));
		case 'is_not':
			return !values.some((value) => filter.values.includes(value));
		case 'contains':
			return values.some((value) => containsOne(value, filter.values));
		case 'contains_not':
			return !values.some((value) => containsOne(value, filter.values));
		case 'matches':
			return values.some((value) =>
				filter.values.some((pattern) => new RegExp(pattern, 'u').test(value))
			);
	}
}

const containsOne = (value: string, parts: readonly string[]): boolean =>
	parts.some((part) => value.toLowerCase().includes(part.toLowerCase()));

/** The rows of the same visitor and day whose values count as the row's own. */
function goingWith(
	row: FactRow,
	{ dimension }: Filter,
	beside: readonly FactRow[]
): readonly FactRow[] {
	const samePage = (other: FactRow): boolean => other.page?.path === row.page?.path;
	switch (dimension) {
		case 'cta':
		case 'placement':
		case 'variant':
			return beside.filter(
				(other) => other.kind === 'exposure' && (row.kind === 'visit' || samePage(other))
			);
		case 'entry_page':
		case 'exit_page':
			return beside.filter(
				(other) => other.kind === 'visit' && (row.kind !== 'view' || other.visit === row.visit)
			);
		case 'page':
		case 'post':
		case 'topic':
		case 'author':
			return beside.filter((other) => other.kind === 'view' && other.visit === row.visit);
		default:
			return beside.filter((other) => other.kind === 'reading' && samePage(other));
	}
}
