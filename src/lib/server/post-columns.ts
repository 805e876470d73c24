import type { MetricId, ResolvedQuery } from '#analytics';
import { isMetricId } from '#lib/columns.ts';

const POST_METRICS = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'subscribe_rate',
	'cta_ctr',
	'conversions'
] as const satisfies readonly MetricId[];

/** Columns of every table of posts. */
export const POST_COLUMNS: readonly string[] = ['title', 'published_at', ...POST_METRICS];

/** The metrics that such a table needs: those shown, and the one that it is sorted by. */
export function postMetrics({ sort }: Pick<ResolvedQuery, 'sort'>): readonly MetricId[] {
	return sort !== null && isMetricId(sort.column) ? [...POST_METRICS, sort.column] : POST_METRICS;
}
