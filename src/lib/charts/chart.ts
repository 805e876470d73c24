import type { ChartConfiguration } from 'chart.js';
import type { Attachment } from 'svelte/attachments';
import { readTheme, type Theme } from '#lib/charts/theme.ts';

export type LineConfig = ChartConfiguration<'line', readonly Point[]>;

export interface Point {
	readonly x: number;
	readonly y: number | null;
}

/** Draws a chart on a canvas, again whenever what `build` reads changes or the colour scheme does. */
export function chart(build: (theme: Theme) => LineConfig): Attachment<HTMLCanvasElement> {
	return (canvas) => {
		const scheme = matchMedia('screen and (prefers-color-scheme: dark)');
		let gone = false;
		let erase: (() => void) | undefined;
		const draw = (): void => {
			const config = build(readTheme(canvas));
			void chartFor(config).then((Chart) => {
				if (gone) return;
				erase?.();
				const drawn = new Chart(canvas, config);
				erase = () => drawn.destroy();
			});
		};
		draw();
		scheme.addEventListener('change', draw);
		return () => {
			gone = true;
			scheme.removeEventListener('change', draw);
			erase?.();
		};
	};
}

/** The library comes with the first chart, its markers with the first chart that has some. */
async function chartFor({ options }: LineConfig) {
	const { Chart } =
		options?.plugins?.annotation === undefined
			? await import('#lib/charts/register.ts')
			: await import('#lib/charts/register-markers.ts');
	return Chart;
}
