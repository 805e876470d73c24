import { baseOptions } from '#lib/charts/base.ts';
import type { LineConfig } from '#lib/charts/chart.svelte.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';

/** Share of readers still reading at each tenth of the article. */
export function depthChart(
	theme: Theme,
	points: readonly { readonly depth: number; readonly share: number }[]
): LineConfig {
	return {
		type: 'line',
		data: {
			datasets: [
				{
					label: 'Still reading',
					data: points.map(({ depth, share }) => ({ x: depth / 100, y: share })),
					borderColor: theme.accent,
					backgroundColor: faded(theme.accent, 0.1),
					fill: 'origin'
				}
			]
		},
		options: baseOptions(1)
	};
}
