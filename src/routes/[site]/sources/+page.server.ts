import { pickColumns } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { openScreen } from '#lib/server/screen.ts';
import { tableColumns } from '#lib/server/table-columns.ts';
import { SOURCE_TABS } from '#lib/source-tabs.ts';
import type { PageServerLoad } from './$types';

const USUAL = [
	'visitors',
	'visits',
	'page_views',
	'readers',
	'reads',
	'subscribes',
	'subscribe_rate',
	'conversions',
	'bounce_rate'
];

export const load: PageServerLoad = async ({ params, url }) => {
	const { query: asked } = await openScreen(params.site, url.searchParams);
	const by = SOURCE_TABS.find((tab) => tab.by === asked.by?.join())?.by ?? null;
	const query = { ...asked, by: by === null ? null : [by], compare: null };
	const table = tableColumns('sources', query, url.searchParams, USUAL);
	const result = await reportPart('sources', query, { only: table.only });
	return {
		query,
		by,
		columns: [
			...pickColumns(result.columns, by === null ? ['source', 'channel'] : [by]),
			...table.metrics
		],
		columnMenu: table.menu,
		totals: result.totals,
		failed: result.failed,
		...pageOf(result.rows, url.searchParams)
	};
};
