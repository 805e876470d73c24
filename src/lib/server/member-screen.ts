import { error } from '@sveltejs/kit';
import type { MetricId } from '#analytics';
import { columnOf, numberAt, pickColumns } from '#lib/columns.ts';
import { filterText } from '#lib/links.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { metricSeries } from '#lib/server/metric-series.ts';
import { POST_KEYS, postColumns } from '#lib/server/post-columns.ts';
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
	params: URLSearchParams
) {
	const { query } = await openScreen(domain, narrowed(params, filterText(dimension, name)));
	const engine = reports();
	const table = postColumns(query, params);
	const [posts, overview, sparklines, publications] = await Promise.all([
		engine.report('posts', query, { only: [...new Set([...FIGURES, ...table.only])] }),
		engine.report('overview', query),
		engine.sparklines(query),
		engine.publications(query)
	]);
	if (posts.rows.length === 0 && query.search === '') {
		error(404, `No post has the ${dimension} "${name}".`);
	}
	const own = new Set(posts.rows.map((row) => row.post_id));
	const { rows, paging } = pageOf(posts.rows, params);
	return {
		name,
		query: posts.query,
		series: metricSeries(
			overview,
			params.get('metric'),
			publications.filter(({ post_id }) => own.has(post_id))
		),
		figures: FIGURES.flatMap((id) => {
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
		trends: rows.map((row) => sparklines.get(numberAt(row, 'post_id') ?? -1) ?? [])
	};
}
