import type { Event } from '../../events/event.ts';
import { localHour } from '../../time/local.ts';

/** What an event says beyond when, where and who. */
type Detail = Pick<Event, 'name' | 'page'> &
	Partial<Omit<Event, 'id' | 'site' | 'ts' | 'received' | 'day' | 'hour' | 'name' | 'page'>>;

/** What all events of one visitor share. */
export type Who = Pick<Event, 'visitor' | 'hostname' | 'country' | 'device' | 'browser' | 'os'>;

/** Takes one local day's events down; what lies outside the day or after its end is left out. */
export interface DayBook {
	readonly start: number;
	/** Id of the event, or null where it was left out. */
	readonly record: (ts: number, who: Who, detail: Detail) => string | null;
	readonly nextPageView: () => string;
	/** The day's events by time. */
	readonly events: () => readonly Event[];
}

export interface DayBookOptions {
	readonly site: number;
	readonly zone: string;
	readonly day: string;
	/** First instant. */
	readonly start: number;
	/** First instant after it. */
	readonly end: number;
	readonly nextId: () => string;
}

const HOUR = 3_600_000;

export function openDayBook(options: DayBookOptions): DayBook {
	const { site, zone, day, start, end, nextId } = options;
	const events: Event[] = [];
	const plain = localHour(zone, start) === 0 && localHour(zone, start + 23 * HOUR) === 23;
	return {
		start,
		record: (at, who, detail) => {
			const ts = Math.floor(at);
			if (ts < start || ts >= end) return null;
			const hour = plain ? Math.floor((ts - start) / HOUR) : localHour(zone, ts);
			const id = nextId();
			events.push({ id, site, ts, received: ts, day, hour, ...who, ...detail });
			return id;
		},
		nextPageView: nextId,
		events: () => events.sort((a, b) => a.ts - b.ts)
	};
}
