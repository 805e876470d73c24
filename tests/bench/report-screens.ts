import type { Reports } from '../../analytics/engine-contract.ts';
import { REPORT_IDS, type ReportId } from '../../analytics/reports/report-ids.ts';
import type { MetricId } from '../../analytics/metrics.ts';
import type { ResolvedQuery } from '../../analytics/reports/result.ts';

/** What is asked at once where a reader opens a screen or a report. */
export interface Screen {
	readonly name: string;
	readonly takesFilters: boolean;
	readonly show: (reports: Reports, query: ResolvedQuery, post: number) => Promise<unknown>;
}

const CARD_ROWS = 8;
const CARDS: readonly (readonly [ReportId, readonly MetricId[]])[] = [
	['posts', ['readers']],
	['sources', ['visitors']],
	['topics', ['readers']],
	['ctas', ['cta_clickers']],
	['countries', ['visitors']],
	['devices', ['visitors']]
];

const POST_COLUMNS: readonly MetricId[] = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'subscribe_rate',
	'cta_ctr',
	'conversions'
];

/** The start page with its cards, the screen of one post, and every report with its comparison. */
export const SCREENS: readonly Screen[] = [
	{
		name: 'dashboard',
		takesFilters: true,
		show: (reports, query) =>
			Promise.all([
				reports.report('overview', query),
				...CARDS.map(([id, only]) =>
					reports.report(id, { ...query, compare: null }, { limit: CARD_ROWS, only, part: 'rows' })
				),
				reports.report(
					'posts',
					{ ...query, compare: null },
					{ limit: CARD_ROWS, only: ['conversion_rate'], part: 'totals' }
				),
				reports.publications(query)
			])
	},
	{
		name: 'posts screen',
		takesFilters: true,
		show: (reports, query) =>
			Promise.all([
				reports.report('posts', { ...query, compare: null }, { only: POST_COLUMNS }),
				reports.sparklines(query)
			])
	},
	...REPORT_IDS.map((id): Screen => ({
		name: id,
		takesFilters: id !== 'recent',
		show: (reports, query) => reports.report(id, query)
	})),
	{
		name: 'post detail',
		takesFilters: true,
		show: (reports, query, post) =>
			Promise.all(Object.values(reports.post).map((part) => part(post, query)))
	},
	{
		name: 'sparklines',
		takesFilters: false,
		show: (reports, query) => reports.sparklines(query)
	}
];
