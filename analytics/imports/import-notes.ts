import { firstDay } from '../reports/first-day.ts';
import { WHOLE_SITE } from '../query/scope.ts';
import type { Site } from '../posts/site.ts';
import type { EventStore } from '../stores/event-store.ts';
import { sql } from '../stores/sql.ts';
import { addDays } from '../time/local.ts';
import { formatNamed } from './formats.ts';
import type { ImportSummary } from './read-events.ts';

/** What people should know of an import beside its numbers, a sentence each. */
export async function importNotes(
	store: Pick<EventStore, 'query'>,
	site: Site,
	format: string,
	{ events, from, to }: Pick<ImportSummary, 'events' | 'from' | 'to'>
): Promise<readonly string[]> {
	if (events === 0) return [];
	if (from === null || to === null)
		return ['These are sums of all time without days: they are kept, and no report counts them.'];
	if (formatNamed(format).kind === 'events') {
		const [row] = await store.query(sql`
			select count(distinct day)::integer as days from events
			where site_id = ${site.id} and import_id is null and day between ${from}::date and ${to}::date`);
		const days = Number(row?.['days']);
		return days === 0
			? []
			: [
					`Byline has events of its own on ${days} of these days: readers whom both saw count twice.`
				];
	}
	const first = await firstDay(store, site, WHOLE_SITE);
	if (first === null || first > to) return [];
	return [
		first > from
			? `Reports count them until ${addDays(first, -1)}: from ${first} on they have events of their own.`
			: `Reports do not count them: from ${first} on they have events of their own.`
	];
}
