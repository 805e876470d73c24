import type { DateRange } from '../reports/result.ts';
import { addDays, monthStart } from '../time/local.ts';

type Days = Pick<DateRange, 'from' | 'to'>;

/** A range as its months that are summed up, from the first to the last of them, and the days that are left. */
export interface SplitRange {
	readonly months: Days | null;
	/** In order; without a gap between two. */
	readonly days: readonly Days[];
}

/** Splits a range into whole months without a day of `unrolled`, and what lies before, between and after. */
export function splitRange({ from, to }: Days, unrolled: readonly string[]): SplitRange {
	const broken = new Set(unrolled.map(monthStart));
	const whole: Days[] = [];
	const days: Days[] = [];
	for (let first = from; first <= to;) {
		const next = nextMonth(first);
		const last = addDays(next, -1);
		const isWhole = first === monthStart(first) && last <= to && !broken.has(first);
		const before = days.at(-1);
		if (isWhole) whole.push({ from: first, to: last });
		else if (before !== undefined && addDays(before.to, 1) === first)
			days[days.length - 1] = { from: before.from, to: last < to ? last : to };
		else days.push({ from: first, to: last < to ? last : to });
		first = next;
	}
	const [start, end] = [whole[0], whole.at(-1)];
	return {
		months: start === undefined || end === undefined ? null : { from: start.from, to: end.to },
		days
	};
}

function nextMonth(day: string): string {
	return monthStart(addDays(monthStart(day), 31));
}
