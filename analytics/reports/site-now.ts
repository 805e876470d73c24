import type { Site } from '../posts/site.ts';
import { readFacts } from '../query/compile.ts';
import { scopeConditions } from '../query/scope-conditions.ts';
import type { Scope } from '../query/scope.ts';
import type { EventStore } from '../stores/event-store.ts';
import { raw, sql, type Sql } from '../stores/sql.ts';
import { localDay } from '../time/local.ts';
import { firstDay } from './first-day.ts';

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

/**
 * One question about the running days only: it is asked again and again while somebody looks. `at` in epoch ms. Within
 * a scope only events of its pages are there.
 */
export async function siteNow(
	store: Pick<EventStore, 'query'>,
	site: Site,
	{ scope, at }: { readonly scope: Scope; readonly at: number }
): Promise<SiteNow> {
	const days = { from: localDay(site.zone, at - DAY_MS), to: localDay(site.zone, at + DAY_MS) };
	const { ofPages, ofReaders } = scopeConditions(scope);
	const isWhole = ofPages.length + ofReaders.length === 0;
	const [row] = await store.query(isWhole ? ofSite(site, at) : ofScope(site, { scope, at, days }));
	const newest = typeof row?.['newest'] === 'number' ? row['newest'] : null;
	return {
		visitors: Number(row?.['visitors'] ?? 0),
		newest,
		hasEvents: newest !== null || (await firstDay(store, site, scope)) !== null
	};
}

function ofSite(site: Site, at: number): Sql {
	const since = at - NOW_MS;
	return sql`
		select
			(
				select count(distinct (day, visitor)) from visits
				where site_id = ${site.id} and day >= ${localDay(site.zone, since)}::date and last_ts >= ${since}
			)::integer as visitors,
			(
				select max(seq) from events
				where site_id = ${site.id} and day >= ${localDay(site.zone, at - DAY_MS)}::date
			) as newest`;
}

/** The number of an event tells how many all the others are, so those of the scope are counted. */
function ofScope(
	site: Site,
	{
		scope,
		at,
		days
	}: {
		readonly scope: Scope;
		readonly at: number;
		readonly days: { readonly from: string; readonly to: string };
	}
): Sql {
	const facts = readFacts({ site: site.id, range: days, filters: [], scope });
	const readers =
		scopeConditions(scope).ofReaders.length === 0
			? raw('')
			: sql` and e.visitor in (select f.visitor from ${facts.rows('readings')} f)`;
	return sql`
		with seen as (
			select e.visitor, e.ts from ${facts.rows('events')} e
			where e.site_id = ${site.id} and e.day >= ${days.from}::date${readers}
		)
		select (count(distinct visitor) filter (where ts >= ${at - NOW_MS}))::integer as visitors,
			nullif(count(*), 0) as newest
		from seen`;
}
