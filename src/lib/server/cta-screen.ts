import { error } from '@sveltejs/kit';
import type { DimensionId, MetricId, ReportResult, ResolvedQuery, Row } from '#analytics';
import { columnOf, numberAt, pickColumns, textAt } from '#lib/columns.ts';
import { CTA_METRICS } from '#lib/cta-columns.ts';
import { localHour } from '#lib/local-hour.ts';
import { filterText } from '#lib/links.ts';
import { mapPart } from '#lib/part.ts';
import { pageOf } from '#lib/paging.ts';
import { seriesOf, type Series } from '#lib/series.ts';
import { reports } from '#lib/server/engine.ts';
import { latePart } from '#lib/server/late-part.ts';
import { partOf } from '#lib/server/part-of.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { narrowed, openScreen } from '#lib/server/screen.ts';
import { tableColumns } from '#lib/server/table-columns.ts';
import { variantDifferences } from '#lib/variant-differences.ts';

const SERIES = [
	'cta_clickers',
	'cta_ctr',
	'cta_exposed',
	'cta_clicks',
	'cta_impressions',
	'cta_eligible'
] as const satisfies readonly MetricId[];
const FIGURES: readonly MetricId[] = [
	'cta_eligible',
	'cta_impressions',
	'viewability_rate',
	'cta_exposed',
	'cta_clickers',
	'cta_ctr'
];

/** The screen of one call to action: its figures, over time, by variant, by placement and by page. */
export async function ctaScreen(
	cta: string,
	domain: string,
	params: URLSearchParams,
	isDataRequest: boolean
) {
	const { site, query } = await openScreen(domain, narrowed(params, filterText('cta', cta)));
	const engine = reports();
	const by = (...dimensions: readonly DimensionId[]): ResolvedQuery => ({
		...query,
		by: dimensions
	});
	const whole = { compare: null, sort: null, search: '' };
	const table = tableColumns('ctas', by('page'), params, CTA_METRICS);
	const late = <T>(answer: Promise<T>, part: string) =>
		latePart(answer, `CTA of ${domain}, ${part}`, isDataRequest);
	const known = partOf(
		engine.report('ctas', { ...by('placement'), ...whole }),
		`CTA of ${domain}, placements`
	);
	const variantRows = engine
		.report('ctas', { ...by('cta', 'variant'), ...whole })
		.then(({ rows: found }) => ({ rows: found, differences: variantDifferences(found) }));
	const overview = engine
		.report('overview', query, { only: SERIES, part: 'rows' })
		.then((result) => seriesFrom(result, params.get('metric')));
	const variants = late(variantRows, 'variants');
	const series = late(overview, 'overview');
	const [pages, posts, placements] = await Promise.all([
		reportPart('ctas', by('page')),
		reportPart('posts', { ...query, ...whole, filters: [] }, { only: ['readers'], part: 'rows' }),
		known
	]);
	if (placements.ok && placements.value.rows.length === 0 && !(await isKnown(cta, domain)))
		error(404, `There is no call to action "${cta}" on ${site.domain}.`);
	const idByPath = new Map(posts.rows.map((row) => [row.path, row]));
	const { rows, paging } = pageOf(pages.rows, params);
	return {
		cta,
		query: pages.query,
		metric: metricOf(params.get('metric')),
		metrics: SERIES.flatMap((id) => columnOf(id) ?? []),
		series: await series,
		failed: pages.failed,
		figures: (pages.failed === undefined ? FIGURES : []).flatMap((id) => {
			const known = columnOf(id);
			if (known === undefined) return [];
			return {
				column: known,
				value: numberAt(pages.totals, id),
				base: pages.compare?.totals[id] ?? null
			};
		}),
		totals: pages.totals,
		keys: pickColumns(pages.columns, ['path']),
		columns: table.metrics,
		columnMenu: table.menu,
		rows: rows.map((row): Row => {
			const post = idByPath.get(textAt(row, 'path'));
			return { ...row, post_id: post?.post_id ?? null, title: post?.title ?? '' };
		}),
		paging,
		placements: mapPart(placements, ({ rows: found }) => found),
		variants: await variants
	};
}

const metricOf = (asked: string | null): (typeof SERIES)[number] =>
	SERIES.find((id) => id === asked) ?? SERIES[0];

function seriesFrom(result: ReportResult, asked: string | null): Series {
	const metric = metricOf(asked);
	const column = columnOf(metric);
	if (column === undefined) throw new TypeError(`There is no metric "${metric}".`);
	return seriesOf({
		column,
		interval: result.query.interval,
		rows: result.rows,
		compareRows: result.compare?.rows ?? null,
		now: localHour(new Date(), result.query.zone)
	});
}

/** Whether the call to action was on any page at any time. */
async function isKnown(cta: string, domain: string): Promise<boolean> {
	const params = new URLSearchParams({
		period: 'all',
		compare: 'none',
		filter: filterText('cta', cta)
	});
	const { query } = await openScreen(domain, params);
	const { rows } = await reports().report('ctas', query, { limit: 1 });
	return rows.length > 0;
}
