import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import { pageConditions, scopeConditions } from '../query/scope-conditions.ts';
import type { Scope } from '../query/scope.ts';
import type { EventStore } from '../stores/event-store.ts';
import { join, raw, sql } from '../stores/sql.ts';

/** The posts of a site that a scope shows. */
export async function visiblePosts(
	store: Pick<EventStore, 'query'>,
	site: Site,
	scope: Scope,
	posts: readonly Post[]
): Promise<readonly Post[]> {
	const { ofPages } = scopeConditions(scope);
	if (ofPages.length === 0) return posts;
	const columns = { page: raw('p.path'), post: raw('p.post_id') };
	const rows = await store.query(sql`
		select p.post_id from posts p
		where p.site_id = ${site.id} and ${join(pageConditions(ofPages, site.id, columns), ' and ')}`);
	const seen = new Set(rows.map((row) => Number(row['post_id'])));
	return posts.filter(({ id }) => seen.has(id));
}
