import type { AgeCurve } from '#analytics';
import { AGE_TICKS, ageName, ageTick, ageToAxis } from '#lib/charts/age-axis.ts';
import { nearestTick } from '#lib/charts/age-chart.ts';
import { baseOptions } from '#lib/charts/base.ts';
import type { LineConfig } from '#lib/charts/chart.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';
import { formatAxis, formatValue } from '#lib/format.ts';

const LONGEST_TITLE = 44;

/** The newest posts on one age axis: the newest in colour, the others pale behind it. */
export function recentChart(theme: Theme, curves: readonly AgeCurve[]): LineConfig {
	const hours = new Map(
		curves.flatMap(({ points }) =>
			points.map(({ age_hours }) => [ageToAxis(age_hours), age_hours] as const)
		)
	);
	const [newest] = curves;
	const band = newest?.band ?? [];
	return {
		type: 'line',
		data: {
			datasets: [
				...curves.map(({ title, points }, at) => ({
					label: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title,
					data: points.map(({ age_hours, readers }) => ({ x: ageToAxis(age_hours), y: readers })),
					borderColor: at === 0 ? theme.accent : faded(theme.mute, 0.5),
					borderWidth: at === 0 ? 3 : 1.5,
					pointBackgroundColor: at === 0 ? theme.accent : theme.mute,
					pointHoverBackgroundColor: at === 0 ? theme.accent : theme.mute,
					hoverBorderColor: theme.ink,
					order: at
				})),
				{
					label: 'Typical post',
					data: band.map(({ age_hours, p50 }) => ({ x: ageToAxis(age_hours), y: p50 })),
					borderColor: theme.mute,
					borderWidth: 1.5,
					borderDash: [4, 4],
					pointBackgroundColor: theme.mute,
					pointHoverBackgroundColor: theme.mute,
					order: curves.length
				}
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
					label: ({ dataset, parsed }) =>
						`${formatValue(parsed.y, 'count')}  ${dataset.label ?? ''}`
				}
			}),
			interaction: { mode: 'nearest', intersect: false, axis: 'xy' }
		}
	};
}
