import { Failure } from '../../failure.ts';
import type { JournalPosition, LineChunks } from '../event-store.ts';
import { raw, sql } from '../sql.ts';
import type { Write } from './write.ts';

/** Days that a sentence names. */
const NAMED_DAYS = 5;

/**
 * Puts the events of the journal in the place of those that came over the network; what imports brought stays. All days
 * with either wait to be settled. Returns the number of events.
 * @throws Failure `journal` where the journal has fewer events of some day than the store: nothing changes then.
 */
export async function replayEvents(
	write: Write,
	append: (lines: readonly string[]) => Promise<number>,
	linesUntil: (position: JournalPosition) => LineChunks
): Promise<number> {
	const [state] = await write(raw('select segment, "offset" as position from state'));
	const received = `select site_id, day, count(*) as events from events where import_id is null group by all`;
	await write(raw(`create or replace temporary table stored_before as ${received}`));
	for (const table of ['page_view_ids', 'visitor_ids'])
		await write(
			raw(`delete from ${table} where visitor in (
				select visitor from events where import_id is null)`)
		);
	await write(raw('delete from event_ids'));
	await write(raw('delete from events where import_id is null'));
	let events = 0;
	const position = { segment: Number(state?.['segment']), offset: Number(state?.['position']) };
	for await (const lines of linesUntil(position)) events += await append(lines);
	await write(raw(`create or replace temporary table stored_after as ${received}`));
	const fewer = await write(
		raw(`select b.day::varchar as day, b.events - coalesce(a.events, 0) as events
			from stored_before b left join stored_after a using (site_id, day)
			where coalesce(a.events, 0) < b.events order by b.day`)
	);
	if (fewer.length > 0) throw lacking(fewer.map(({ day }) => String(day)));
	await write(
		sql`insert into touched
			select site_id, day from stored_before union select site_id, day from stored_after`
	);
	for (const table of ['stored_before', 'stored_after']) await write(raw(`drop table ${table}`));
	return events;
}

function lacking(days: readonly string[]): Failure {
	const named = [...new Set(days)];
	const others = named.length - NAMED_DAYS;
	return new Failure(
		'journal',
		`The journal lacks events that are stored, of ${named.slice(0, NAMED_DAYS).join(', ')}${others > 0 ? ` and ${others} other days` : ''}, so nothing was changed. Only what came while JOURNAL_KEEP was on is in it.`
	);
}
