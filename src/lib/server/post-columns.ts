import type { MetricId, ResolvedQuery } from '#analytics';
import { tableColumns, type TableColumns } from '#lib/server/table-columns.ts';

const USUAL = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'subscribe_rate',
	'cta_ctr',
	'conversions'
] as const satisfies readonly MetricId[];

/** Key columns of every table of posts. */
export const POST_KEYS: readonly string[] = ['title', 'published_at'];

/** The metrics of a table of posts, as the query string chooses them. */
export function postColumns(
	query: Pick<ResolvedQuery, 'by' | 'sort'>,
	params: URLSearchParams
): TableColumns {
	return tableColumns('posts', { ...query, by: null }, params, USUAL);
}
