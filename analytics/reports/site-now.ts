import type { Site } from '../posts/site.ts';
import type { EventStore } from '../stores/event-store.ts';
import { sql } from '../stores/sql.ts';
import { localDay } from '../time/local.ts';
import { firstEvent } from './age.ts';

const NOW_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** How a site stands at this moment. */
export interface SiteNow {
	/** Distinct visitors with an event in the last five minutes. */
	readonly visitors: number;
	/** Another number whenever an event of today or yesterday has been stored; null before there is any. */
	readonly newest: number | null;
	/** True once the site has any event. */
	readonly hasEvents: boolean;
}

/** One question about the running days only: it is asked again and again while somebody looks. `at` in epoch ms. */
export async function siteNow(
	store: Pick<EventStore, 'query'>,
	site: Site,
	at: number
): Promise<SiteNow> {
	const since = at - NOW_MS;
	const [row] = await store.query(sql`
		select
			(
				select count(distinct (day, visitor)) from visits
				where site_id = ${site.id} and day >= ${localDay(site.zone, since)}::date and last_ts >= ${since}
			)::integer as visitors,
			(
				select max(seq) from events
				where site_id = ${site.id} and day >= ${localDay(site.zone, at - DAY_MS)}::date
			) as newest`);
	const newest = typeof row?.['newest'] === 'number' ? row['newest'] : null;
	return {
		visitors: Number(row?.['visitors'] ?? 0),
		newest,
		hasEvents: newest !== null || (await firstEvent(store, site)) !== null
	};
}
