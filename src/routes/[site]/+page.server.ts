import type { MetricId, ReportId, ResolvedQuery } from '#analytics';
import { reports } from '#lib/server/engine.ts';
import { kpisOf } from '#lib/server/kpis.ts';
import { openScreen } from '#lib/server/screen.ts';
import { metricSeries } from '#lib/server/metric-series.ts';
import type { PageServerLoad } from './$types';

const CARD_ROWS = 8;
/** Where a card ranks by something else than its report does. */
const CARD_ORDER: Partial<Readonly<Record<ReportId, ResolvedQuery['sort']>>> = {
	ctas: { column: 'cta_clickers', descending: true }
};

export const load: PageServerLoad = async ({ params, url, depends }) => {
	depends('byline:live');
	const { site, query } = await openScreen(params.site, url.searchParams);
	const engine = reports();
	/** Only the rate beside the conversions needs the totals of posts. */
	const card = (id: ReportId, ...only: readonly MetricId[]) =>
		engine.report(
			id,
			{ ...query, compare: null, sort: CARD_ORDER[id] ?? null },
			{ limit: CARD_ROWS, only, rowsOnly: id !== 'posts' }
		);
	const [overview, posts, sources, topics, ctas, countries, devices, publications, now, alive] =
		await Promise.all([
			engine.report('overview', query),
			card('posts', 'readers', 'conversion_rate'),
			card('sources', 'visitors'),
			card('topics', 'readers'),
			card('ctas', 'cta_clickers'),
			card('countries', 'visitors'),
			card('devices', 'visitors'),
			engine.publications(query),
			engine.readersNow(site),
			engine.hasEvents(site)
		]);
	return {
		query,
		alive,
		empty: overview.totals.visitors === 0,
		readersNow: now,
		kpis: kpisOf(overview, posts, ctas),
		series: metricSeries(overview, url.searchParams.get('metric'), publications),
		cards: {
			posts: posts.rows,
			sources: sources.rows,
			topics: topics.rows,
			ctas: ctas.rows,
			countries: countries.rows,
			devices: devices.rows
		}
	};
};
