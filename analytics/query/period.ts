import { addDays, daysBetween, localDay, monthStart, weekStart } from '../time/local.ts';

/** Named periods, by the word used in URLs. */
export const PERIODS = {
	today: 'Today',
	yesterday: 'Yesterday',
	'24h': 'Last 24 hours',
	'7d': 'Last 7 days',
	'28d': 'Last 28 days',
	'30d': 'Last 30 days',
	'90d': 'Last 90 days',
	month: 'This month',
	last_month: 'Last month',
	'12m': 'Last 12 months',
	year: 'This year',
	all: 'All time'
} as const;
export type Period = keyof typeof PERIODS;

export const COMPARES = {
	previous: 'Previous period',
	weekday: 'Same weekdays',
	year: 'Year before',
	none: 'No comparison'
} as const;
export type Compare = keyof typeof COMPARES;

export const INTERVALS = ['hour', 'day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

/** The days that may be asked for: days before the epoch, and years of five digits, have no place in the store. */
export const FIRST_DAY = '1970-01-01';
export const LAST_DAY = '2999-12-31';

export interface Days {
	readonly from: string;
	readonly to: string;
}

/** The local days of a named period; `firstDay` is the site's first day with events or a post. */
export function daysOf(period: Period, zone: string, now: number, firstDay: string | null): Days {
	const today = localDay(zone, now);
	const back = (days: number): Days => ({ from: addDays(today, 1 - days), to: today });
	switch (period) {
		case 'today':
			return { from: today, to: today };
		case 'yesterday':
			return { from: addDays(today, -1), to: addDays(today, -1) };
		case '24h':
			return { from: addDays(today, -1), to: today };
		case '7d':
			return back(7);
		case '28d':
			return back(28);
		case '30d':
			return back(30);
		case '90d':
			return back(90);
		case 'month':
			return { from: monthStart(today), to: today };
		case 'last_month': {
			const to = addDays(monthStart(today), -1);
			return { from: monthStart(to), to };
		}
		case '12m':
			return { from: addDays(yearBefore(today), 1), to: today };
		case 'year':
			return { from: `${today.slice(0, 4)}-01-01`, to: today };
		case 'all':
			return { from: firstDay === null || firstDay > today ? today : firstDay, to: today };
	}
}

/** The days to compare with; null where there is nothing to compare. */
export function compareDays({ from, to }: Days, mode: Compare): Days | null {
	const length = daysBetween(from, to) + 1;
	switch (mode) {
		case 'none':
			return null;
		case 'previous':
			return { from: addDays(from, -length), to: addDays(from, -1) };
		case 'weekday': {
			const shift = Math.ceil(length / 7) * 7;
			return { from: addDays(from, -shift), to: addDays(to, -shift) };
		}
		case 'year':
			return { from: yearBefore(from), to: yearBefore(to) };
	}
}

/** The widest interval that still draws a line: hours for a day or two, days to four months, weeks to two years. */
export function naturalInterval({ from, to }: Days): Interval {
	const length = daysBetween(from, to) + 1;
	if (length <= 1) return 'hour';
	if (length <= 124) return 'day';
	return length <= 740 ? 'week' : 'month';
}

/** Every bucket of a range by its first moment: `YYYY-MM-DD`, or `YYYY-MM-DD HH:00` for hours. */
export function buckets({ from, to }: Days, interval: Interval): readonly string[] {
	const labels: string[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) {
		if (interval === 'hour')
			for (let hour = 0; hour < 24; hour += 1)
				labels.push(`${day} ${String(hour).padStart(2, '0')}:00`);
		else {
			const label = bucketOf(day, interval, from);
			if (labels.at(-1) !== label) labels.push(label);
		}
	}
	return labels;
}

/** The bucket of a day: the first day of its week or month that lies inside the range. */
function bucketOf(day: string, interval: 'day' | 'week' | 'month', from: string): string {
	if (interval === 'day') return day;
	const start = interval === 'week' ? weekStart(day) : monthStart(day);
	return start < from ? from : start;
}

function yearBefore(day: string): string {
	const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
	const rest = day.slice(4);
	return rest === '-02-29' ? `${year}-02-28` : `${year}${rest}`;
}
