import type { MetricId } from '#analytics';
import { numberAt, pickColumns } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { tableColumns } from '#lib/server/table-columns.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { openScreen } from '#lib/server/screen.ts';

const SHOWN = [
	'posts',
	'posts_published',
	'page_views',
	'readers',
	'read_ratio',
	'subscribe_rate',
	'conversions',
	'conversions_per_1000_readers',
	'median_first_30_day_readers'
];

/** The screen of all topics, or of all authors. */
export async function groupScreen(
	report: 'topics' | 'authors',
	domain: string,
	params: URLSearchParams
) {
	const { query } = await openScreen(domain, params);
	const table = tableColumns(report, query, params, SHOWN);
	const result = await reportPart(
		report,
		{ ...query, compare: null },
		{ only: [...new Set<MetricId>([...table.only, 'readers', 'reader_share', 'post_share'])] }
	);
	const shares = result.rows.flatMap((row) => [
		numberAt(row, 'reader_share') ?? 0,
		numberAt(row, 'post_share') ?? 0
	]);
	return {
		query,
		columns: [...pickColumns(result.columns, [report.slice(0, -1)]), ...table.metrics],
		columnMenu: table.menu,
		totals: result.totals,
		failed: result.failed,
		greatestShare: shares.reduce((most, share) => Math.max(most, share), 0.01),
		...pageOf(result.rows, params)
	};
}
