import { columnOf, numberAt, pickColumns } from '#lib/columns.ts';
import { CTA_KEYS, CTA_METRICS } from '#lib/cta-columns.ts';
import { CTA_TABS } from '#lib/cta-tabs.ts';
import { pageOf } from '#lib/paging.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { openScreen } from '#lib/server/screen.ts';
import { tableColumns } from '#lib/server/table-columns.ts';
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
	const { query: asked } = await openScreen(params.site, url.searchParams);
	const by = CTA_TABS.find((tab) => tab.by?.join() === asked.by?.join())?.by ?? null;
	const query = { ...asked, by };
	const table = tableColumns('ctas', query, url.searchParams, CTA_METRICS);
	const result = await reportPart('ctas', query);
	const keys = result.columns.filter(({ kind }) => kind === 'key').map(({ id }) => id);
	return {
		query: result.query,
		by: by?.join() ?? null,
		columns: [...pickColumns(CTA_KEYS, keys), ...table.metrics],
		columnMenu: table.menu,
		totals: result.totals,
		failed: result.failed,
		...pageOf(result.rows, url.searchParams),
		figures: (result.failed === undefined ? FIGURES : []).flatMap((id) => {
			const column = columnOf(id);
			if (column === undefined) return [];
			const base = result.compare?.totals[id] ?? null;
			return { column, value: numberAt(result.totals, id), base };
		})
	};
};
