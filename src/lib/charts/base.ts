import type { ChartOptions, TooltipItem } from 'chart.js';
import type { Theme } from '#lib/charts/theme.ts';

interface BaseOptions {
	readonly xTick: (value: number) => string;
	readonly yTick: (value: number) => string;
	readonly xMax: number;
	readonly yMax?: number | undefined;
	/** Grid lines at whole numbers only. */
	readonly whole?: boolean;
	/** Distance between grid lines; Chart.js chooses unless given. */
	readonly yStep?: number | undefined;
	/** Places of the ticks on the x axis; evenly spaced whole numbers unless given. */
	readonly xTicks?: readonly number[];
	readonly tooltip: {
		readonly title: (x: number) => string;
		/** One line of the tooltip; null leaves the dataset out. */
		readonly label: (item: TooltipItem<'line'>) => string | null;
		readonly footer?: (x: number) => readonly string[];
	};
}

/** What all line charts share: a zero baseline, thin lines, no animation, one tooltip for all series. */
export function baseOptions(theme: Theme, options: BaseOptions): ChartOptions<'line'> {
	const { tooltip, xTicks } = options;
	const font = { family: theme.font, size: 11 };
	const xOf = (items: readonly TooltipItem<'line'>[]): number => items[0]?.parsed.x ?? 0;
	return {
		animation: false,
		responsive: true,
		maintainAspectRatio: false,
		parsing: false,
		normalized: true,
		font,
		layout: { padding: { top: 8, right: 4 } },
		interaction: { mode: 'index', intersect: false },
		elements: {
			point: { radius: 0, hoverRadius: 4, hitRadius: 12, hoverBorderWidth: 0 },
			line: { borderWidth: 2, borderJoinStyle: 'round', borderCapStyle: 'round' }
		},
		scales: {
			x: {
				type: 'linear',
				min: 0,
				max: Math.max(options.xMax, 1e-6),
				grid: { display: false },
				border: { color: theme.lineStrong },
				ticks: {
					color: theme.mute,
					font,
					maxRotation: 0,
					autoSkipPadding: 20,
					precision: 0,
					callback: (value) => options.xTick(Number(value))
				},
				...(xTicks === undefined
					? {}
					: {
							afterBuildTicks: (axis: { ticks: { value: number }[] }) => {
								axis.ticks = xTicks.map((value) => ({ value }));
							}
						})
			},
			y: {
				type: 'linear',
				beginAtZero: true,
				...(options.yMax === undefined ? {} : { max: options.yMax }),
				grid: { color: theme.line, drawTicks: false },
				border: { display: false },
				ticks: {
					color: theme.mute,
					font,
					padding: 8,
					maxTicksLimit: 6,
					...(options.whole === true ? { precision: 0 } : {}),
					...(options.yStep === undefined ? {} : { stepSize: options.yStep }),
					callback: (value) => options.yTick(Number(value))
				}
			}
		},
		plugins: {
			tooltip: {
				backgroundColor: theme.ink,
				titleColor: theme.card,
				bodyColor: theme.card,
				footerColor: theme.card,
				titleFont: { ...font, size: 12, weight: 600 },
				bodyFont: { ...font, size: 12 },
				footerFont: { ...font, size: 12, weight: 400 },
				displayColors: false,
				padding: 10,
				cornerRadius: 6,
				caretSize: 0,
				filter: (item) => tooltip.label(item) !== null,
				callbacks: {
					title: (items) => tooltip.title(xOf(items)),
					label: (item) => tooltip.label(item) ?? '',
					footer: (items) => [...(tooltip.footer?.(xOf(items)) ?? [])]
				}
			}
		}
	};
}
