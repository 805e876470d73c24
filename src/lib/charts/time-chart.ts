import type { LineConfig, Point } from '#lib/charts/chart.svelte.ts';
import { baseOptions } from '#lib/charts/base.ts';
import { isAlone } from '#lib/charts/line-path.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';
import { bucketX } from '#lib/charts/time-axis.ts';
import { timeScale } from '#lib/charts/time-scale.ts';
import type { Series } from '#lib/series.ts';

/** One metric over time: the compare period dashed behind it, a running last bucket dashed, what is missing left out. */
export function timeChart(theme: Theme, series: Series): LineConfig {
	const { values, compare } = series;
	const line = (numbers: readonly (number | null)[], colour: string) => ({
		data: numbers.map((y, at): Point => ({ x: bucketX(at, values.length), y })),
		spanGaps: false,
		borderColor: colour,
		pointBackgroundColor: colour,
		pointBorderWidth: 0,
		// A value between two gaps has no line to be seen by.
		pointRadius: numbers.map((_, at) => (isAlone(numbers, at) ? 3 : 0))
	});
	return {
		type: 'line',
		data: {
			datasets: [
				{
					...line(values, theme.accent),
					label: series.label,
					backgroundColor: faded(theme.accent, 0.08),
					fill: 'origin',
					segment: {
						borderDash: ({ p1DataIndex }) => segmentDash(series, p1DataIndex)
					},
					order: 1
				},
				...(compare === null
					? []
					: [
							{
								...line(compare.values.slice(0, values.length), theme.mute),
								label: 'Before',
								borderWidth: 1.5,
								borderDash: [4, 4],
								order: 2
							}
						])
			]
		},
		options: baseOptions(timeScale(series).max)
	};
}

/** The dash of the line that ends at a bucket: only one that is running has some. */
export function segmentDash(
	{ running, values }: Pick<Series, 'running' | 'values'>,
	end: number
): number[] | undefined {
	return running && end === values.length - 1 ? [3, 4] : undefined;
}
