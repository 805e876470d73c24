import { baseOptions } from '#lib/charts/base.ts';
import type { LineConfig } from '#lib/charts/chart.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';
import { formatAxis, formatRatio } from '#lib/format.ts';

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
					data: points.map(({ depth, share }) => ({ x: depth, y: share })),
					borderColor: theme.accent,
					backgroundColor: faded(theme.accent, 0.1),
					pointBackgroundColor: theme.accent,
					pointHoverBackgroundColor: theme.accent,
					fill: 'origin'
				}
			]
		},
		options: baseOptions(theme, {
			xMax: points.at(-1)?.depth ?? 100,
			yMax: 1,
			xTick: (x) => `${x} %`,
			yTick: (y) => formatAxis(y, 'ratio'),
			tooltip: {
				title: (x) => `${x} % of the article`,
				label: ({ parsed }) => `Still reading: ${formatRatio(parsed.y ?? 0)}`
			}
		})
	};
}
