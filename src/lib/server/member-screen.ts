import { error } from '@sveltejs/kit';
import type { MetricId } from '#analytics';
import { columnOf, numberAt, pickColumns } from '#lib/columns.ts';
import { filterText } from '#lib/links.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { latePart } from '#lib/server/late-part.ts';
import { metricSeries } from '#lib/server/metric-series.ts';
import { POST_KEYS, postColumns } from '#lib/server/post-columns.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { trendsOf } from '#lib/server/trends-of.ts';
import { narrowed, openScreen } from '#lib/server/screen.ts';

const FIGURES: readonly MetricId[] = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'cta_ctr',
	'subscribe_rate',
	'conversion_rate',
	'conversions'
];

/** The screen of one topic or one author: its figures, its readers over time and its posts. */
export async function memberScreen(
	dimension: 'topic' | 'author',
	name: string,
	domain: string,
	params: URLSearchParams,
	isDataRequest: boolean
) {
	const { query } = await openScreen(domain, narrowed(params, filterText(dimension, name)));
	const engine = reports();
	const table = postColumns(query, params);
	const sparklines = engine.sparklines(query);
	sparklines.catch(() => undefined);
	const overview = engine.report('overview', query);
	overview.catch(() => undefined);
	const posts = await reportPart('posts', query, {
		only: [...new Set([...FIGURES, ...table.only])]
	});
	if (posts.failed === undefined && posts.rows.length === 0 && query.search === '') {
		error(404, `No post has the ${dimension} "${name}".`);
	}
	const own = new Set(posts.rows.map((row) => row.post_id));
	const { rows, paging } = pageOf(posts.rows, params);
	const seriesOf = async () => {
		const publications = await engine.publications(query);
		return metricSeries(
			await overview,
			params.get('metric'),
			publications.filter(({ post_id }) => own.has(post_id))
		);
	};
	return {
		name,
		query: posts.query,
		failed: posts.failed,
		series: await latePart(seriesOf(), `${dimension} of ${domain}, overview`, isDataRequest),
		figures: (posts.failed === undefined ? FIGURES : []).flatMap((id) => {
			const column = columnOf(id);
			if (column === undefined) return [];
			const base = posts.compare?.totals[id] ?? null;
			return { column, value: numberAt(posts.totals, id), base };
		}),
		columns: [...pickColumns(posts.columns, POST_KEYS), ...table.metrics],
		columnMenu: table.menu,
		totals: posts.totals,
		rows,
		paging,
		trends: await latePart(
			trendsOf(rows, sparklines),
			`${dimension} of ${domain}, sparklines`,
			isDataRequest
		)
	};
}
