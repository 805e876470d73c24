import type { DateRange } from '#analytics';
import type { Interval } from '#lib/format.ts';

const DAY_MS = 86_400_000;

/** The local days that some buckets of a series cover, within the range shown; null where that is no narrower. */
export function zoomRange(
	buckets: readonly string[],
	[first, last]: readonly [number, number],
	{ interval, range }: { readonly interval: Interval; readonly range: DateRange }
): { readonly from: string; readonly to: string } | null {
	const start = buckets[Math.min(first, last)];
	const end = buckets[Math.max(first, last)];
	if (start === undefined || end === undefined) return null;
	const from = later(start.slice(0, 10).padEnd(10, '-01'), range.from);
	const to = earlier(lastDay(end, interval), range.to);
	return from === range.from && to === range.to ? null : { from, to };
}

function lastDay(bucket: string, interval: Interval): string {
	const start = Date.parse(bucket.slice(0, 10).padEnd(10, '-01'));
	if (interval === 'week') return day(start + 6 * DAY_MS);
	if (interval !== 'month') return day(start);
	const month = new Date(start);
	return day(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0));
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);
