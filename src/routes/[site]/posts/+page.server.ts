import type { MetricId } from '#analytics';
import { isMetricId, numberAt, pickColumns } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

const METRICS_SHOWN = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'subscribe_rate',
	'cta_ctr',
	'conversions'
] as const satisfies readonly MetricId[];
const SHOWN = ['title', 'published_at', ...METRICS_SHOWN];

export const load: PageServerLoad = async ({ params, url }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	const sorted = query.sort?.column ?? '';
	const needed = isMetricId(sorted) ? [...METRICS_SHOWN, sorted] : METRICS_SHOWN;
	const [result, sparklines] = await Promise.all([
		reports().report('posts', { ...query, compare: null }, { only: needed }),
		reports().sparklines(query)
	]);
	const { rows, paging } = pageOf(result.rows, url.searchParams);
	return {
		query,
		columns: pickColumns(result.columns, SHOWN),
		rows,
		paging,
		totals: result.totals,
		trends: rows.map((row) => sparklines.get(numberAt(row, 'post_id') ?? -1) ?? [])
	};
};
