import { raw, sql } from '../sql.ts';
import type { Write } from './write.ts';

/** Facts of a visitor's day follow from all of its events: from so many on not at each step. */
const HEAVY_EVENTS = 50_000;
/** Deriving takes some 15 microseconds an event, so that this is a thirteenth of the time. */
const REST_MS_AN_EVENT = 0.2;

interface Heavy {
	readonly site: number;
	readonly day: string;
	readonly visitor: number;
	readonly restsUntil: number;
}

/**
 * Visitors of a day with very many events: a program, or a gateway that many share. Their facts are derived after a
 * rest, so that what a step takes does not grow with what one sender sends. Only in memory: nothing waits at a
 * checkpoint, and what came after one is read from the journal again.
 */
export interface HeavyVisitors {
	/** Makes `due (site_id, day, visitor)`: who was met in a batch, less who rests, and who has rested. */
	readonly due: (write: Write) => Promise<void>;
	/** Makes `due` of all who wait, rested or not; false where nobody does. */
	readonly allDue: (write: Write) => Promise<boolean>;
	/** Learns from `due_events` who is heavy. */
	readonly learn: (write: Write) => Promise<void>;
	/** Whether anybody waits. */
	readonly isAwaited: () => boolean;
	/** Whether somebody who has rested does. */
	readonly hasDue: () => boolean;
}

export function openHeavyVisitors(now: () => number): HeavyVisitors {
	const known = new Map<number, Heavy>();
	const waiting = new Map<number, Heavy>();

	const rested = (): readonly Heavy[] =>
		[...waiting.values()].filter(({ restsUntil }) => restsUntil <= now());

	function forget(visitors: readonly Heavy[]): void {
		for (const { visitor } of visitors) waiting.delete(visitor);
	}

	return {
		due: async (write) => {
			const resting = [...known.values()].filter(({ restsUntil }) => restsUntil > now());
			known.clear();
			for (const heavy of resting) known.set(heavy.visitor, heavy);
			const back = rested();
			forget(back);
			if (resting.length === 0 && back.length === 0) {
				await write(
					raw('create or replace temporary table due as select site_id, day, visitor from met')
				);
				return;
			}
			const numbers = JSON.stringify(resting.map(({ visitor }) => visitor));
			await write(sql`
				create or replace temporary table due as
				select site_id, day, visitor from met
				where not list_contains(from_json(${numbers}, '["bigint"]'), visitor)
				union
				${rowsOf(back)}`);
			const left = await write(sql`
				select visitor from met where list_contains(from_json(${numbers}, '["bigint"]'), visitor)`);
			for (const { visitor } of left) {
				const heavy = known.get(Number(visitor));
				if (heavy !== undefined) waiting.set(heavy.visitor, heavy);
			}
		},
		allDue: async (write) => {
			const all = [...waiting.values()];
			if (all.length === 0) return false;
			await write(sql`create or replace temporary table due as ${rowsOf(all)}`);
			forget(all);
			return true;
		},
		learn: async (write) => {
			const rows = await write(
				raw(`select any_value(site_id) as site, any_value(day)::varchar as day, visitor, count(*) as events
					from due_events group by visitor having count(*) >= ${HEAVY_EVENTS}`)
			);
			for (const { site, day, visitor, events } of rows) {
				const restsUntil = now() + Number(events) * REST_MS_AN_EVENT;
				const heavy = {
					site: Number(site),
					day: String(day),
					visitor: Number(visitor),
					restsUntil
				};
				known.set(heavy.visitor, heavy);
			}
		},
		isAwaited: () => waiting.size > 0,
		hasDue: () => rested().length > 0
	};
}

function rowsOf(visitors: readonly Heavy[]): ReturnType<typeof sql> {
	const rows = JSON.stringify(visitors.map(({ site, day, visitor }) => ({ site, day, visitor })));
	return sql`
		select row.site as site_id, row.day::date as day, row.visitor as visitor
		from (select unnest(from_json(${rows}, '[{"site":"integer","day":"varchar","visitor":"bigint"}]')) as row)`;
}
