import type { AgeCurve } from '#analytics';
import { AGE_TICKS, ageName, ageTick, ageToAxis } from '#lib/charts/age-axis.ts';
import { baseOptions } from '#lib/charts/base.ts';
import type { LineConfig } from '#lib/charts/chart.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';
import { formatAxis, formatValue } from '#lib/format.ts';

const HIDDEN = 'band';

/** Cumulative readers of one post by its age over the band of typical posts. */
export function ageChart(theme: Theme, curve: AgeCurve): LineConfig {
	const { band, points } = curve;
	const edge = (key: 'p10' | 'p25' | 'p75' | 'p90', fill: string | false, opacity = 0) => ({
		label: HIDDEN,
		data: band.map((point) => ({ x: ageToAxis(point.age_hours), y: point[key] })),
		borderWidth: 0,
		pointHoverRadius: 0,
		fill,
		backgroundColor: faded(theme.mute, opacity)
	});
	const hours = new Map([
		...band.map(({ age_hours }) => [ageToAxis(age_hours), age_hours] as const),
		...points.map(({ age_hours }) => [ageToAxis(age_hours), age_hours] as const)
	]);
	return {
		type: 'line',
		data: {
			datasets: [
				{
					label: 'Readers',
					data: points.map(({ age_hours, readers }) => ({ x: ageToAxis(age_hours), y: readers })),
					borderColor: theme.accent,
					borderWidth: 2.5,
					pointBackgroundColor: theme.accent,
					pointHoverBackgroundColor: theme.accent,
					order: 0
				},
				{
					label: 'Typical',
					data: band.map(({ age_hours, p50 }) => ({ x: ageToAxis(age_hours), y: p50 })),
					borderColor: theme.mute,
					borderWidth: 1.5,
					borderDash: [4, 4],
					pointBackgroundColor: theme.mute,
					pointHoverBackgroundColor: theme.mute,
					order: 1
				},
				{ ...edge('p90', '+1', 0.13), order: 2 },
				{ ...edge('p10', false), order: 2 },
				{ ...edge('p75', '+1', 0.18), order: 2 },
				{ ...edge('p25', false), order: 2 }
			]
		},
		options: {
			...baseOptions(theme, {
				xMax: 1,
				xTicks: AGE_TICKS.map(ageToAxis),
				xTick: (x) => ageTick(nearestTick(x)),
				whole: true,
				yTick: (y) => formatAxis(y, 'count'),
				tooltip: {
					title: (x) => ageName(hours.get(x) ?? nearestTick(x)),
					label: ({ dataset, parsed, dataIndex }) =>
						dataset.label === HIDDEN
							? null
							: `${dataset.label ?? ''}: ${formatValue(parsed.y, 'count')}${
									dataset.label === 'Typical' ? rangeText(band[dataIndex]) : ''
								}`
				}
			}),
			interaction: { mode: 'x', intersect: false, axis: 'x' }
		}
	};
}

const rangeText = (point: AgeCurve['band'][number] | undefined): string =>
	point === undefined
		? ''
		: `, most ${formatValue(point.p10, 'count')} to ${formatValue(point.p90, 'count')}`;

export function nearestTick(x: number): number {
	return AGE_TICKS.reduce((best, tick) =>
		Math.abs(ageToAxis(tick) - x) < Math.abs(ageToAxis(best) - x) ? tick : best
	);
}
