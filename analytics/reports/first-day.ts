import type { Site } from '../posts/site.ts';
import { pageConditions, scopeConditions } from '../query/scope-conditions.ts';
import type { Scope } from '../query/scope.ts';
import { DAILY, isUnrolled, ROLLUP_BY_PAGE } from '../stores/rollups.ts';
import type { EventStore } from '../stores/event-store.ts';
import { join, raw, sql, type Sql } from '../stores/sql.ts';
import { localDay } from '../time/local.ts';
import { firstEvent } from './age.ts';

/** The first local day (`YYYY-MM-DD`) with an event on a page that a scope shows, or null. */
export async function firstDay(
	store: Pick<EventStore, 'query'>,
	site: Site,
	scope: Scope
): Promise<string | null> {
	const { ofPages } = scopeConditions(scope);
	if (ofPages.length === 0) {
		const first = await firstEvent(store, site);
		return first === null ? null : localDay(site.zone, first);
	}
	const isSeen = (page: string, post: string): Sql =>
		join(pageConditions(ofPages, site.id, { page: raw(page), post: raw(post) }), ' and ');
	const summed = sql`
		select min(f.day) as day from ${raw(DAILY)} f
		left join posts p on p.site_id = f.site_id and p.path = f.key_1
		where f.site_id = ${site.id} and f.rollup = ${raw(String(ROLLUP_BY_PAGE))} and ${isSeen('f.key_1', 'p.post_id')}`;
	const [row] = await store.query((unrolled) => {
		const days = unrolled(site.id);
		const read = sql`
			select min(f.day) as day from readings f
			where f.site_id = ${site.id} and ${isUnrolled(site.id, days)} and ${isSeen('f.page', 'f.post_id')}`;
		return sql`select min(day)::varchar as day from (${join(days.length === 0 ? [summed] : [summed, read], ' union all ')})`;
	});
	return typeof row?.['day'] === 'string' ? row['day'] : null;
}
