import { pickColumns } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

const SHOWN = [
	'source',
	'channel',
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
	const { query } = await openScreen(params.site, url.searchParams);
	const result = await reports().report('sources', { ...query, compare: null });
	return {
		query,
		columns: pickColumns(result.columns, SHOWN),
		totals: result.totals,
		...pageOf(result.rows, url.searchParams)
	};
};
