import { raw, sql } from '../sql.ts';
import type { Write } from './write.ts';

const DAY_MS = 86_400_000;
/** Ids are remembered this long, so that a retry counts once. */
export const REPEAT_WINDOW_MS = 7 * DAY_MS;
/** Days with events whose ids stay whatever a clock says: those of the window, and some that a wrong one made. */
const REPEAT_DAYS = 11;
/**
 * A visitor's number is looked up for this long. The salt that makes the same visitor of the same reader lives 47 hours,
 * so nobody comes back after that.
 */
const OPEN_MS = 3 * DAY_MS;

/**
 * Forgets ids that nobody can send again. Now is when the last one came: the latest time of all may be that of a clock
 * that ran ahead once.
 */
export async function forgetIds(write: Write): Promise<void> {
	await write(sql`
		delete from event_ids
		where received <= (select arg_max(received, rowid) from event_ids) - ${REPEAT_WINDOW_MS}
			and received // ${DAY_MS} not in (
				select distinct received // ${DAY_MS} as day from event_ids order by day desc limit ${REPEAT_DAYS})`);
	for (const table of ['page_view_ids', 'visitor_ids'])
		await write(sql`
			delete from ${raw(table)}
			where abs(received - (select arg_max(received, rowid) from visitor_ids)) >= ${OPEN_MS}`);
}
