import { columnOf, numberAt } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

const FIGURES = [
	'cta_eligible',
	'cta_impressions',
	'viewability_rate',
	'cta_exposed',
	'cta_clickers',
	'cta_ctr'
];

export const load: PageServerLoad = async ({ params, url }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	const result = await reports().report('ctas', query);
	return {
		query: result.query,
		totals: result.totals,
		...pageOf(result.rows, url.searchParams),
		figures: FIGURES.flatMap((id) => {
			const column = columnOf(id);
			if (column === undefined) return [];
			const base = result.compare?.totals[id] ?? null;
			return { column, value: numberAt(result.totals, id), base };
		})
	};
};
