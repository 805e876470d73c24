import type { AgeCurve } from '#analytics';
import { ageName, ageToAxis } from '#lib/charts/age-axis.ts';
import type { Stop, StopLine } from '#lib/charts/stop.ts';
import { formatValue } from '#lib/format.ts';

/** What is read at each age of a post: its readers so far and what is typical. */
export function ageStops(curve: AgeCurve, max: number): readonly Stop[] {
	const readers = new Map(curve.points.map((point) => [point.age_hours, point.readers]));
	const band = new Map(curve.band.map((point) => [point.age_hours, point]));
	const ages = [...new Set([...readers.keys(), ...band.keys()])].sort((a, b) => a - b);
	return ages.map((hours) => {
		const own = readers.get(hours);
		const typical = band.get(hours);
		const lines: StopLine[] = [];
		if (own !== undefined)
			lines.push({
				name: 'This post',
				text: formatValue(own, 'count'),
				y: own / max,
				colour: 'var(--accent)'
			});
		if (typical !== undefined)
			lines.push({
				name: `Typical post, middle half ${rangeText(typical.p25, typical.p75)}`,
				text: formatValue(Math.round(typical.p50), 'count'),
				y: typical.p50 / max,
				colour: 'var(--ink-mute)'
			});
		return { x: ageToAxis(hours), title: ageName(hours), lines };
	});
}

const rangeText = (low: number, high: number): string =>
	`${formatValue(Math.round(low), 'count')} to ${formatValue(Math.round(high), 'count')}`;
