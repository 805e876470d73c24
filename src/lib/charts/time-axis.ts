import { formatDay, formatTick } from '#lib/format.ts';
import type { Series } from '#lib/series.ts';

/** A label along an axis; `at` from 0 to 1. */
export interface Tick {
	readonly at: number;
	readonly label: string;
}

const MOST_TICKS = 8;

/** Place of a bucket along the plot, from 0 to 1; a single one stands in the middle. */
export function bucketX(at: number, count: number): number {
	return count > 1 ? at / (count - 1) : 0.5;
}

/** Evenly spaced buckets worth a label. */
export function timeTicks({
	buckets,
	interval
}: Pick<Series, 'buckets' | 'interval'>): readonly Tick[] {
	const count = buckets.length;
	const step = Math.max(1, Math.ceil((count - 1) / (MOST_TICKS - 1)));
	const overYears = buckets[0]?.slice(0, 4) !== buckets.at(-1)?.slice(0, 4);
	const overDays = buckets[0]?.slice(0, 10) !== buckets.at(-1)?.slice(0, 10);
	return buckets.flatMap((bucket, at) => {
		if (at % step !== 0) return [];
		const label =
			interval === 'hour' && overDays
				? `${formatTick(bucket, 'day')}, ${formatTick(bucket, 'hour')}`
				: overYears && (interval === 'day' || interval === 'week')
					? formatDay(bucket)
					: formatTick(bucket, interval);
		return [{ at: bucketX(at, count), label }];
	});
}
