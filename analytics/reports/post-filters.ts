import { DIMENSIONS } from '../dimensions.ts';
import { matches } from '../query/filter-condition.ts';
import { join, raw, sql } from '../stores/sql.ts';
import type { EventStore } from '../stores/event-store.ts';
import type { Site } from '../posts/site.ts';
import type { Filter } from './result.ts';

/** Filters that the catalogue alone decides: by post, topic or author. */
const isOfPosts = ({ dimension }: Filter): boolean =>
	DIMENSIONS[dimension].columns.readings === 'f.post_id';

/** Filters that choose posts, and filters that choose readers. */
export function splitFilters(filters: readonly Filter[]): {
	readonly ofPosts: readonly Filter[];
	readonly ofReaders: readonly Filter[];
} {
	return {
		ofPosts: filters.filter(isOfPosts),
		ofReaders: filters.filter((filter) => !isOfPosts(filter))
	};
}

/** The posts of a site that the catalogue's filters leave; readers' filters leave all. */
export async function chosenPosts<P extends { readonly id: number }>(
	store: Pick<EventStore, 'query'>,
	site: Site,
	posts: readonly P[],
	filters: readonly Filter[]
): Promise<readonly P[]> {
	const { ofPosts } = splitFilters(filters);
	if (ofPosts.length === 0) return posts;
	const conditions = ofPosts.map((filter) =>
		matches(DIMENSIONS[filter.dimension], raw('p.post_id'), filter, sql`${site.id}`)
	);
	const rows = await store.query(sql`
		select p.post_id from posts p where p.site_id = ${site.id} and ${join(conditions, ' and ')}`);
	const chosen = new Set(rows.map((row) => Number(row['post_id'])));
	return posts.filter(({ id }) => chosen.has(id));
}
