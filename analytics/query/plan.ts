import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import { keeps, ROLLUPS, type Rollup } from '../stores/rollups.ts';
import type { Grouping, Question } from './compile.ts';
import type { StoredFact } from './filter-condition.ts';
import type { Condition, FilterTree } from './filter-tree.ts';
import { hiddenBy } from './scoped-facts.ts';

/**
 * The roll-up that answers a metric of a fact exactly; null where only the fact itself can. A visitor stands in several
 * rows of a day, so rows of different keys are never added up: what is asked by, and what a filter leaves one value of,
 * is the whole key.
 */
export function rollupFor(fact: StoredFact, metric: MetricId, question: Question): Rollup | null {
	const { range, interval, by, filters, postsOnly } = question;
	if (range.since !== undefined || (interval === 'hour' && by.includes('date'))) return null;
	const keys = by.filter((key) => key !== 'date');
	const onlyPosts = postsOnly === true && fact !== 'visits';
	const fixed = filters.flatMap((filter) =>
		'dimension' in filter && leavesOneKey(filter) ? [filter.dimension] : []
	);
	const rollup = ROLLUPS[fact].find(
		(one) =>
			keeps(one, metric) &&
			keys.every((key) => one.by.includes(key)) &&
			one.by.every((key) => keys.includes(key) || fixed.includes(key)) &&
			filters.every((filter) => decides(one.by, filter) || isOnly(one.by, filter, question)) &&
			(one.by.length > 0 || (one.postsOnly === true) === onlyPosts)
	);
	if (rollup === undefined || rollup.by.length === 0 || !onlyPosts) return rollup ?? null;
	if (rollup.by.includes('post')) return { ...rollup, postsOnly: true };
	return rollup.by.some((key) => POST_KEYS.includes(key)) ? rollup : null;
}

/** Whether a key of pages says something that other pages of the visit decide: a scope may hide those. */
export function tellsOfOtherPages({ by }: Rollup): boolean {
	return by.some((key) => hiddenBy(key).length > 0);
}

/** Dimensions whose keys are of posts alone, but for the key of no post. */
const POST_KEYS: readonly Grouping[] = ['post', 'topic', 'author'];

/** Whether a key tells if its rows pass a filter. */
function decides(keys: readonly DimensionId[], filter: FilterTree): boolean {
	if (!('dimension' in filter)) return false;
	const { dimension, operator, values } = filter;
	if (!POST_KEYS.includes(dimension)) return keys.includes(dimension);
	if (keys.includes('post')) return true;
	// A post has one page among the facts; what is no post has any.
	return keys.includes('page') && operator === 'is' && !values.includes('');
}

/** Whether one topic or author is all that is asked for, and the key. */
function isOnly(
	keys: readonly DimensionId[],
	filter: FilterTree,
	{ by, filters }: Question
): boolean {
	return (
		filters.length === 1 &&
		by.every((key) => key === 'date') &&
		'dimension' in filter &&
		keys.includes(filter.dimension) &&
		DIMENSIONS[filter.dimension].via !== undefined &&
		leavesOneKey(filter)
	);
}

function leavesOneKey({ dimension, operator, values, caseSensitive }: Condition): boolean {
	const [value] = values;
	return (
		operator === 'is' &&
		values.length === 1 &&
		caseSensitive !== false &&
		!(dimension === 'post' && value === '')
	);
}

/**
 * Whether a visitor has at most one row a day in each group: a reading is of one page, an exposure of one page and
 * variant. Counting those is much cheaper than counting distinct visitors.
 */
export function isOneRowEach(fact: StoredFact, { by, filters, postsOnly }: Question): boolean {
	const isOnePage =
		by.includes('page') ||
		(by.includes('post') && postsOnly === true) ||
		filters.some(
			(filter) =>
				'dimension' in filter &&
				(filter.dimension === 'page' || filter.dimension === 'post') &&
				leavesOneKey(filter)
		);
	return (
		isOnePage &&
		(fact === 'readings' ||
			(fact === 'cta_exposures' &&
				by.includes('cta') &&
				by.includes('placement') &&
				by.includes('variant')))
	);
}
