import type { Stop } from '#lib/charts/stop.ts';
import { bucketX } from '#lib/charts/time-axis.ts';
import { timeScale } from '#lib/charts/time-scale.ts';
import { formatBucket, formatValue } from '#lib/format.ts';
import type { Series } from '#lib/series.ts';

/** What is read at each bucket: its value, the one before, the posts that came out. */
export function timeStops(series: Series): readonly Stop[] {
	const { buckets, values, compare, interval, unit, label, published } = series;
	const { max } = timeScale(series);
	const heightOf = (value: number | null | undefined): number | null =>
		value === null || value === undefined ? null : value / max;
	return buckets.map((bucket, at) => ({
		x: bucketX(at, buckets.length),
		title:
			formatBucket(bucket, interval) +
			(series.running && at === buckets.length - 1 ? ', so far' : ''),
		lines: [
			{
				name: label,
				text: formatValue(values[at], unit),
				y: heightOf(values[at]),
				colour: 'var(--accent)'
			},
			...(compare === null || compare.buckets[at] === undefined
				? []
				: [
						{
							name: formatBucket(compare.buckets[at], interval),
							text: formatValue(compare.values[at], unit),
							y: heightOf(compare.values[at]),
							colour: 'var(--ink-mute)'
						}
					])
		],
		notes: (published[at] ?? []).map(({ title }) => `Published: ${title}`)
	}));
}
