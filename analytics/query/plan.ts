import type { DimensionId } from '../dimensions.ts';
import { ROLLUPS, type Rollup } from '../stores/rollups.ts';
import type { Grouping, Question } from './compile.ts';
import type { StoredFact } from './filter-condition.ts';
import type { Condition, FilterTree } from './filter-tree.ts';

/**
 * The roll-up that answers a question about a fact exactly; null where only the fact itself can. A visitor stands in
 * several rows of a day, so rows of different keys are never added up: what is asked by is the whole key, or a filter
 * leaves one key.
 */
export function rollupFor(
	fact: StoredFact,
	{ range, interval, by, filters, postsOnly }: Question
): Rollup | null {
	if (range.since !== undefined || (interval === 'hour' && by.includes('date'))) return null;
	const keys = by.filter((key) => key !== 'date');
	const onlyPosts = postsOnly === true && fact !== 'visits';
	const isOfPosts = keys.some((key) => POST_KEYS.includes(key));
	if (keys.length > 0) {
		if (onlyPosts && !isOfPosts) return null;
		const rollup = ROLLUPS[fact].find((one) => isSame(one.by, keys));
		return rollup !== undefined && filters.every((filter) => decides(keys, filter))
			? onlyPosts && keys.includes('post')
				? { ...rollup, postsOnly: true }
				: rollup
			: null;
	}
	const [filter, ...more] = filters;
	if (filter === undefined)
		return (
			ROLLUPS[fact].find((one) => one.by.length === 0 && (one.postsOnly === true) === onlyPosts) ??
			null
		);
	if (more.length > 0 || !('dimension' in filter) || !leavesOneKey(filter)) return null;
	if (onlyPosts && !POST_KEYS.includes(filter.dimension)) return null;
	return ROLLUPS[fact].find((one) => isSame(one.by, [filter.dimension])) ?? null;
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

function leavesOneKey({ dimension, operator, values, caseSensitive }: Condition): boolean {
	const [value] = values;
	return (
		operator === 'is' &&
		values.length === 1 &&
		caseSensitive !== false &&
		!(dimension === 'post' && value === '')
	);
}

function isSame(a: readonly DimensionId[], b: readonly DimensionId[]): boolean {
	return a.length === b.length && a.every((key) => b.includes(key));
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
