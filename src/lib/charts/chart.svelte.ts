import type { Chart, ChartConfiguration } from 'chart.js';
import type { Attachment } from 'svelte/attachments';
import { loadChart, loadedChart } from '#lib/charts/load-chart.ts';
import { readTheme, type Theme } from '#lib/charts/theme.ts';

export type LineConfig = ChartConfiguration<'line', readonly Point[]>;

export interface Point {
	readonly x: number;
	readonly y: number | null;
}

/** How far below the window a chart is when it starts to load. */
const NEARLY_SEEN = '200px';

/**
 * Draws a chart on a canvas once it comes into view, again whenever what `build` reads changes or the colour scheme
 * does. `drawn` is called each time.
 */
export function chart(
	build: (theme: Theme) => LineConfig,
	drawn: () => void
): Attachment<HTMLCanvasElement> {
	return (canvas) => {
		const scheme = matchMedia('screen and (prefers-color-scheme: dark)');
		let theme = readTheme(canvas);
		let seen = loadedChart() !== null;
		let gone = false;
		let config: LineConfig;
		let painted: Chart<'line', readonly Point[]> | undefined;
		const paint = (Library: NonNullable<ReturnType<typeof loadedChart>>): void => {
			if (gone) return;
			if (painted === undefined) painted = new Library(canvas, config);
			else {
				// A new one would measure its place in the middle of a change, which lays out the page once more.
				painted.data = config.data;
				painted.options = config.options ?? {};
				painted.update('none');
			}
			drawn();
		};
		const draw = (): void => {
			// Built at once, so that this is done again when the figures change.
			config = build(theme);
			const Library = loadedChart();
			if (Library !== null) paint(Library);
			else if (seen) void loadChart().then(paint);
		};
		const redraw = (): void => {
			theme = readTheme(canvas);
			draw();
		};
		const observer = new IntersectionObserver(
			(entries) => {
				if (seen || !entries.some(({ isIntersecting }) => isIntersecting)) return;
				seen = true;
				observer.disconnect();
				draw();
			},
			{ rootMargin: NEARLY_SEEN }
		);
		$effect(draw);
		if (!seen) observer.observe(canvas);
		scheme.addEventListener('change', redraw);
		return () => {
			gone = true;
			observer.disconnect();
			scheme.removeEventListener('change', redraw);
			painted?.destroy();
		};
	};
}
