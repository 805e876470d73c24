import type { ChartConfiguration } from 'chart.js';
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
		let gone = false;
		let seen = loadedChart() !== null;
		let erase: (() => void) | undefined;
		const draw = (): void => {
			// Built at once, so that the attachment runs again when the figures change.
			const config = build(readTheme(canvas));
			const paint = (Chart: NonNullable<ReturnType<typeof loadedChart>>): void => {
				if (gone) return;
				erase?.();
				const painted = new Chart(canvas, config);
				erase = () => painted.destroy();
				drawn();
			};
			const Chart = loadedChart();
			if (Chart !== null) paint(Chart);
			else if (seen) void loadChart().then(paint);
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
		draw();
		if (!seen) observer.observe(canvas);
		scheme.addEventListener('change', draw);
		return () => {
			gone = true;
			observer.disconnect();
			scheme.removeEventListener('change', draw);
			erase?.();
		};
	};
}
