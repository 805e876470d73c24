import type { ChartOptions } from 'chart.js';

/** Pixels around the plot that a canvas covers too, for line ends and points at its edges. */
const BLEED = 8;

/** What all charts share: a plot from 0 to 1 across and from 0 to `max` up, no animation. Axes and reading are the page's. */
export function baseOptions(max: number): ChartOptions<'line'> {
	return {
		animation: false,
		responsive: true,
		maintainAspectRatio: false,
		parsing: false,
		normalized: true,
		events: [],
		layout: { autoPadding: false, padding: BLEED },
		elements: {
			point: { radius: 0 },
			line: { borderWidth: 2, borderJoinStyle: 'round', borderCapStyle: 'round' }
		},
		datasets: { line: { clip: BLEED } },
		scales: {
			x: { type: 'linear', display: false, min: 0, max: 1 },
			y: { type: 'linear', display: false, min: 0, max }
		}
	};
}
