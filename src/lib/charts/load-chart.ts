import type { Chart } from 'chart.js';

type Library = typeof Chart;

let library: Library | null = null;

/** The library, where a chart was drawn before. */
export const loadedChart = (): Library | null => library;

/** The library, which comes when the first chart is about to be seen. */
export async function loadChart(): Promise<Library> {
	const { Chart } = await import('#lib/charts/register.ts');
	library = Chart;
	return Chart;
}
