import type { Post } from '../posts/post.ts';
import { scopeConditions } from '../query/scope-conditions.ts';
import type { ReportContext } from './definition.ts';
import { chosenPosts, splitFilters } from './post-filters.ts';
import type { DateRange, Row } from './result.ts';

/** What takes the place of counted comment events. */
interface Comments {
	/** Of a post, where the catalogue carries its count. */
	readonly of: (post: Post) => Row;
	/** Of all that a report is about. */
	readonly total: Row;
}

/** Comment events are all that there is. */
export const NO_COMMENTS: Comments = { of: () => ({}), total: {} };

/**
 * Comments of posts whose catalogue carries a count: by how much it grew. Nobody knows who wrote them, so they are
 * missing where readers are filtered.
 */
export async function commentsOf(
	{ store, site, posts, query, scope, commentGrowth }: ReportContext,
	range: DateRange,
	byPost: ReadonlyMap<unknown, Row>,
	totals: Row
): Promise<Comments> {
	const counted = posts.filter(({ commentCount }) => commentCount !== null);
	if (counted.length === 0) return NO_COMMENTS;
	const { ofReaders } = splitFilters(query.filters);
	const chosen = await chosenPosts(store, site, counted, query.filters);
	if (chosen.length === 0) return NO_COMMENTS;
	const isFiltered = ofReaders.length + scopeConditions(scope).ofReaders.length > 0;
	if (isFiltered || range.since !== undefined) {
		const ids = new Set(counted.map(({ id }) => id));
		return {
			of: ({ id }) => (ids.has(id) ? { comments: null } : {}),
			total: { comments: null }
		};
	}
	const growth = commentGrowth(range);
	const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
	const more = chosen.reduce(
		(sum, { id }) => sum + (growth.get(id) ?? 0) - numberOf(byPost.get(id)?.['comments']),
		0
	);
	return {
		of: ({ id, commentCount }) => (commentCount === null ? {} : { comments: growth.get(id) ?? 0 }),
		total: { comments: numberOf(totals['comments']) + more }
	};
}
