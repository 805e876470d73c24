import { localDay, localHour } from '../../time/local.ts';
import { buckets, type Interval } from '../period.ts';
import type { ShownRange } from './date-range.ts';

const QUARTER = 900_000;

/** Every bucket of a range that its zone's clock shows: a skipped hour is none, an hour shown twice is one. */
export function timeLabels(
	{ range, start, end }: ShownRange,
	interval: Interval,
	zone: string
): readonly string[] {
	if (interval !== 'hour')
		return buckets({ from: range.from, to: localDay(zone, Math.max(end - 1, start)) }, interval);
	const labels = new Set<string>();
	// Clocks change by half an hour somewhere, and zones are a quarter of an hour off the hour.
	for (let at = start; at < end; at = Math.floor(at / QUARTER) * QUARTER + QUARTER)
		labels.add(`${localDay(zone, at)} ${String(localHour(zone, at)).padStart(2, '0')}:00:00`);
	return [...labels];
}
