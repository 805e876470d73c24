import { z } from 'zod';
import type { DateRange } from '../../reports/result.ts';
import { addDays, daysBetween, localDay, monthStart, startOfDay } from '../../time/local.ts';
import { FIRST_DAY, LAST_DAY } from '../period.ts';

/** Plausible's named ranges. Those of several days or months end before the running one. */
export const NAMED_RANGES = [
	'day',
	'24h',
	'7d',
	'28d',
	'30d',
	'91d',
	'month',
	'6mo',
	'12mo',
	'year',
	'all'
] as const;
type NamedRange = (typeof NAMED_RANGES)[number];

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const MAX_DAYS = 36_600;
const isoDate = z.iso.date();
const isoDateTime = z.iso.datetime({ offset: true });

export interface RangeContext {
	readonly zone: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** The site's first local day with an event, or null. */
	readonly firstDay: string | null;
	/** Ends the day, month or year that runs now. */
	readonly trim: boolean;
}

/** A range, and the instants it is shown with: from the first to before the second. */
export interface ShownRange {
	readonly range: DateRange;
	readonly start: number;
	readonly end: number;
}

/** A range by name. */
export function namedRange(name: NamedRange, context: RangeContext): ShownRange {
	const { zone, now, firstDay, trim } = context;
	const today = localDay(zone, now);
	const nextHour = Math.floor(now / HOUR) * HOUR + HOUR;
	switch (name) {
		case 'day': {
			const whole = ofDays(zone, today, today);
			return trim ? { ...whole, end: Math.min(nextHour, whole.end) } : whole;
		}
		case '24h': {
			const since = nextHour - DAY;
			const range = { from: localDay(zone, since), to: today, since, until: nextHour };
			return { range, start: since, end: nextHour };
		}
		case '7d':
		case '28d':
		case '30d':
		case '91d':
			return ofDays(zone, addDays(today, -Number.parseInt(name)), addDays(today, -1));
		case '6mo':
		case '12mo':
			return ofDays(
				zone,
				monthsBefore(today, Number.parseInt(name)),
				addDays(monthStart(today), -1)
			);
		case 'month':
			return ofDays(zone, monthStart(today), trim ? today : monthEnd(today));
		case 'year': {
			const year = today.slice(0, 4);
			return ofDays(zone, `${year}-01-01`, trim ? today : `${year}-12-31`);
		}
		case 'all':
			return ofDays(zone, firstDay === null || firstDay > today ? today : firstDay, today);
	}
}

/** Two dates, or two instants with their offset of which the last second is inside; or what is allowed instead. */
export function givenRange(from: string, to: string, zone: string): ShownRange | string {
	const days = isoDate.safeParse(from).success && isoDate.safeParse(to).success;
	if (!days && !(isoDateTime.safeParse(from).success && isoDateTime.safeParse(to).success))
		return 'two dates as YYYY-MM-DD, or two ISO 8601 instants with their offset';
	const since = days ? 0 : Date.parse(from);
	const until = days ? 0 : Date.parse(to) + (Date.parse(to) % SECOND === 0 ? SECOND : 1);
	// Checked on the text first: other days are no days to count with.
	const first = days ? from : localDay(zone, Math.max(since, 0));
	const last = days ? to : localDay(zone, Math.max(until - 1, 0));
	if (first < FIRST_DAY || since < 0) return 'a range that begins in 1970 or later';
	if (last > LAST_DAY) return 'a range that ends in 2999 or earlier';
	if (days ? to < from : until <= since) return 'a range that ends after it begins';
	if (daysBetween(first, last) >= MAX_DAYS) return 'a range of at most a hundred years';
	const whole = ofDays(zone, first, last);
	if (days || (whole.start === since && whole.end === until)) return whole;
	return { range: { from: first, to: last, since, until }, start: since, end: until };
}

function ofDays(zone: string, from: string, to: string): ShownRange {
	return {
		range: { from, to },
		start: startOfDay(zone, from),
		end: startOfDay(zone, addDays(to, 1))
	};
}

function monthEnd(day: string): string {
	return addDays(monthStart(addDays(monthStart(day), 31)), -1);
}

function monthsBefore(day: string, months: number): string {
	let start = monthStart(day);
	for (let left = months; left > 0; left -= 1) start = monthStart(addDays(start, -1));
	return start;
}
