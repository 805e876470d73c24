import type { AgeCurve } from '#analytics';
import { ageToAxis } from '#lib/charts/age-axis.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';

/** The typical post as lines of a chart: its median dashed over the middle half and the wider band. */
export function ageBand(theme: Theme, band: AgeCurve['band'], order: number) {
	const points = (key: 'p10' | 'p25' | 'p50' | 'p75' | 'p90') =>
		band.map((point) => ({ x: ageToAxis(point.age_hours), y: point[key] }));
	const edge = (key: 'p10' | 'p25' | 'p75' | 'p90', opacity: number) => ({
		data: points(key),
		borderWidth: 0,
		fill: opacity > 0 ? '+1' : false,
		backgroundColor: faded(theme.mute, opacity),
		order: order + 1
	});
	return [
		{
			label: 'Typical post',
			data: points('p50'),
			borderColor: theme.mute,
			borderWidth: 1.5,
			borderDash: [4, 4],
			order
		},
		edge('p90', 0.13),
		edge('p10', 0),
		edge('p75', 0.18),
		edge('p25', 0)
	];
}
