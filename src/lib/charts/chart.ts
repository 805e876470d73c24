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
		const scheme = matchMedia('(prefers-color-scheme: dark)');
		let gone = false;
		let erase: (() => void) | undefined;
		const draw = (): void => {
			const config = build(readTheme(canvas));
			void import('#lib/charts/register.ts').then(({ Chart }) => {
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
