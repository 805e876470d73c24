import type { AgeCurve } from '#analytics';
import { ageBand } from '#lib/charts/age-band.ts';
import { ageToAxis } from '#lib/charts/age-axis.ts';
import { baseOptions } from '#lib/charts/base.ts';
import type { LineConfig } from '#lib/charts/chart.svelte.ts';
import type { Theme } from '#lib/charts/theme.ts';

/** Cumulative readers of one post by its age over the band of typical posts. */
export function ageChart(theme: Theme, { band, points }: AgeCurve, max: number): LineConfig {
	return {
		type: 'line',
		data: {
			datasets: [
				{
					label: 'This post',
					data: points.map(({ age_hours, readers }) => ({ x: ageToAxis(age_hours), y: readers })),
					borderColor: theme.accent,
					borderWidth: 2.5,
					pointBackgroundColor: theme.accent,
					// Where the post is now.
					pointRadius: points.map((_, at) => (at === points.length - 1 ? 4 : 0)),
					order: 0
				},
				...ageBand(theme, band, 1)
			]
		},
		options: baseOptions(max)
	};
}
