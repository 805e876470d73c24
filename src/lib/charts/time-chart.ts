import type { LineConfig, Point } from '#lib/charts/chart.ts';
import { baseOptions } from '#lib/charts/base.ts';
import { faded, type Theme } from '#lib/charts/theme.ts';
import { formatAxis, formatBucket, formatDay, formatTick, formatValue } from '#lib/format.ts';
import { secondsStep } from '#lib/charts/seconds-step.ts';
import type { Series } from '#lib/series.ts';

/** One metric over time: the compare period dashed behind it, a running last bucket dashed, posts marked. */
export function timeChart(theme: Theme, series: Series): LineConfig {
	const { buckets, values, compare, interval, unit, label } = series;
	const last = values.length - 1;
	const running = series.running;
	const points = (numbers: readonly (number | null)[]): Point[] =>
		numbers.map((y, x) => ({ x, y }));
	const single = values.length === 1;
	return {
		type: 'line',
		data: {
			datasets: [
				{
					label,
					data: points(values),
					borderColor: theme.accent,
					backgroundColor: faded(theme.accent, 0.08),
					fill: 'origin',
					pointBackgroundColor: theme.accent,
					pointHoverBackgroundColor: theme.accent,
					pointRadius: single ? 4 : 0,
					segment: {
						borderDash: ({ p1DataIndex }) => (running && p1DataIndex === last ? [3, 4] : undefined)
					},
					order: 1
				},
				...(compare === null
					? []
					: [
							{
								label: 'Before',
								data: points(compare.values.slice(0, values.length)),
								borderColor: theme.mute,
								borderWidth: 1.5,
								borderDash: [4, 4],
								pointBackgroundColor: theme.mute,
								pointHoverBackgroundColor: theme.mute,
								pointRadius: single ? 4 : 0,
								order: 2
							}
						])
			]
		},
		options: withMarkers(
			theme,
			series,
			baseOptions(theme, {
				xMax: last,
				yStep:
					unit === 'seconds' ? secondsStep([...values, ...(compare?.values ?? [])]) : undefined,
				xTick: (x) => (Number.isInteger(x) ? tickAt(buckets, x, interval) : ''),
				whole: unit === 'count',
				yTick: (y) => formatAxis(y, unit),
				tooltip: {
					title: (x) => bucketAt(buckets, x, interval) + (running && x === last ? ', so far' : ''),
					label: ({ datasetIndex, parsed, dataIndex }) =>
						datasetIndex === 0
							? `${label}: ${formatValue(parsed.y, unit)}`
							: `${bucketAt(compare?.buckets ?? [], dataIndex, interval)}: ${formatValue(parsed.y, unit)}`,
					footer: (x) => publishedText(series, x)
				}
			})
		)
	};
}

function withMarkers(
	theme: Theme,
	{ published }: Series,
	options: NonNullable<LineConfig['options']>
): NonNullable<LineConfig['options']> {
	const marked = published.filter((titles) => titles.length > 0).length;
	if (marked === 0 || marked > MOST_MARKS) return options;
	const annotations = published.flatMap((titles, at) =>
		titles.length === 0
			? []
			: [
					...(marked > MOST_LINES
						? []
						: [
								{
									type: 'line' as const,
									xMin: at,
									xMax: at,
									borderColor: faded(theme.mute, 0.35),
									borderWidth: 1,
									drawTime: 'beforeDatasetsDraw' as const
								}
							]),
					{
						type: 'point' as const,
						xValue: at,
						yValue: 0,
						radius: 4,
						pointStyle: 'rectRot' as const,
						backgroundColor: theme.card,
						borderColor: theme.mute,
						borderWidth: 1.5
					}
				]
	);
	return { ...options, plugins: { ...options.plugins, annotation: { clip: false, annotations } } };
}

/** More marked days than this get a mark at the foot only. */
const MOST_LINES = 12;
/** More than this would hide the line itself; the table still names them. */
const MOST_MARKS = 100;
const LONGEST_TITLE = 60;

function publishedText({ published }: Series, x: number): readonly string[] {
	return (published[x] ?? []).map((title) => {
		const short = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title;
		return `Published: ${short}`;
	});
}

function bucketAt(buckets: readonly string[], at: number, interval: Series['interval']): string {
	const bucket = buckets[at];
	return bucket === undefined ? '' : formatBucket(bucket, interval);
}

function tickAt(buckets: readonly string[], at: number, interval: Series['interval']): string {
	const bucket = buckets[at];
	if (bucket === undefined) return '';
	const years = buckets[0]?.slice(0, 4) !== buckets.at(-1)?.slice(0, 4);
	return years && interval !== 'hour' && interval !== 'month'
		? formatDay(bucket)
		: formatTick(bucket, interval);
}
