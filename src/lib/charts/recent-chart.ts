import type { AgeCurve } from '#analytics';
import { ageBand } from '#lib/charts/age-band.ts';
import { ageToAxis } from '#lib/charts/age-axis.ts';
import { baseOptions } from '#lib/charts/base.ts';
import type { LineConfig } from '#lib/charts/chart.svelte.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';

/** The newest posts on one age axis, one of them in colour, the others pale behind it. */
export function recentChart(
	theme: Theme,
	curves: readonly AgeCurve[],
	{ max, lit }: { readonly max: number; readonly lit: number }
): LineConfig {
	return {
		type: 'line',
		data: {
			datasets: [
				...curves.map(({ title, points }, at) => ({
					label: title,
					data: points.map(({ age_hours, readers }) => ({ x: ageToAxis(age_hours), y: readers })),
					borderColor: at === lit ? theme.accent : faded(theme.mute, 0.6),
					borderWidth: at === lit ? 3 : 1.5,
					pointBackgroundColor: at === lit ? theme.accent : theme.mute,
					pointRadius: points.map((_, number) =>
						number === points.length - 1 ? (at === lit ? 4.5 : 2.5) : 0
					),
					order: at === lit ? 0 : at + 1
				})),
				...ageBand(theme, curves[0]?.band ?? [], curves.length + 1)
			]
		},
		options: baseOptions(max)
	};
}
