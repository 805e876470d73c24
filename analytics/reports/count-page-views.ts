import type { Site } from '../posts/site.ts';
import { WHOLE_SITE } from '../query/scope.ts';
import type { Days } from '../stores/day-portions.ts';
import type { EventStore } from '../stores/event-store.ts';
import { sql } from '../stores/sql.ts';
import { ask } from './ask.ts';

/** The same page views, counted in three places. */
export interface CountedPageViews {
	readonly events: number;
	readonly facts: number;
	/** As reports say, from sums of days and the facts of those that are not summed up. */
	readonly reports: number;
}

/** Page views of a site on some days, first and last included. */
export async function countPageViews(
	store: Pick<EventStore, 'query'>,
	site: Site,
	days: Days
): Promise<CountedPageViews> {
	const inRange = sql`site_id = ${site.id} and day >= ${days.from}::date and day <= ${days.to}::date`;
	const [row] = await store.query(sql`
		select (select count(*) from events where ${inRange} and name = 'pageview') as events,
			(select count(*) from views where ${inRange}) as facts`);
	const query = { interval: 'day', filters: [] } as const;
	const [total] = await ask({ site, store, query, scope: WHOLE_SITE }, days, {
		metrics: ['page_views'],
		by: []
	});
	return {
		events: Number(row?.['events'] ?? 0),
		facts: Number(row?.['facts'] ?? 0),
		reports: Number(total?.['page_views'] ?? 0)
	};
}
