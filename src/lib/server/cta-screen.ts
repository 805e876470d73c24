import { error } from '@sveltejs/kit';
import type { DimensionId, MetricId, ResolvedQuery, Row } from '#analytics';
import { columnOf, numberAt, pickColumns, textAt } from '#lib/columns.ts';
import { CTA_METRICS } from '#lib/cta-columns.ts';
import { localHour } from '#lib/local-hour.ts';
import { filterText } from '#lib/links.ts';
import { pageOf } from '#lib/paging.ts';
import { seriesOf } from '#lib/series.ts';
import { reports } from '#lib/server/engine.ts';
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
export async function ctaScreen(cta: string, domain: string, params: URLSearchParams) {
	const { site, query } = await openScreen(domain, narrowed(params, filterText('cta', cta)));
	const engine = reports();
	const by = (...dimensions: readonly DimensionId[]): ResolvedQuery => ({
		...query,
		by: dimensions
	});
	const whole = { compare: null, sort: null, search: '' };
	const table = tableColumns('ctas', by('page'), params, CTA_METRICS);
	const [pages, placements, variants, series, posts] = await Promise.all([
		engine.report('ctas', by('page')),
		engine.report('ctas', { ...by('placement'), ...whole }),
		engine.report('ctas', { ...by('cta', 'variant'), ...whole }),
		engine.report('overview', query, { only: SERIES, rowsOnly: true }),
		engine.report(
			'posts',
			{ ...query, ...whole, filters: [] },
			{ only: ['readers'], rowsOnly: true }
		)
	]);
	if (placements.rows.length === 0 && !(await isKnown(cta, domain)))
		error(404, `There is no call to action "${cta}" on ${site.domain}.`);
	const metric = SERIES.find((id) => id === params.get('metric')) ?? SERIES[0];
	const column = columnOf(metric);
	if (column === undefined) throw new TypeError(`There is no metric "${metric}".`);
	const idByPath = new Map(posts.rows.map((row) => [row.path, row]));
	const { rows, paging } = pageOf(pages.rows, params);
	return {
		cta,
		query: pages.query,
		metric,
		metrics: SERIES.flatMap((id) => columnOf(id) ?? []),
		series: seriesOf({
			column,
			interval: series.query.interval,
			rows: series.rows,
			compareRows: series.compare?.rows ?? null,
			now: localHour(new Date(), series.query.zone)
		}),
		figures: FIGURES.flatMap((id) => {
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
		placements: placements.rows,
		variants: variants.rows,
		differences: variantDifferences(variants.rows)
	};
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
