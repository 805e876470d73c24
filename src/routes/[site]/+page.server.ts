import type { MetricId, ReportId, ResolvedQuery } from '#analytics';
import { failureOf, mapPart, valueOr } from '#lib/part.ts';
import { LIVE } from '#lib/live.ts';
import { reports } from '#lib/server/engine.ts';
import { kpisOf, ratesBeside } from '#lib/server/kpis.ts';
import { metricSeries } from '#lib/server/metric-series.ts';
import { partOf } from '#lib/server/part-of.ts';
import { openScreen } from '#lib/server/screen.ts';
import { soon } from '#lib/server/soon.ts';
import type { PageServerLoad } from './$types';

const CARD_ROWS = 8;
/** Where a card asks for something else than its report does by itself. */
const CARD_QUERY: Partial<Readonly<Record<ReportId, Partial<ResolvedQuery>>>> = {
	ctas: { by: ['cta'], sort: { column: 'cta_clickers', descending: true } }
};

export const load: PageServerLoad = async ({ params, url, depends, isDataRequest }) => {
	depends(LIVE);
	const { site, query } = await openScreen(params.site, url.searchParams);
	const engine = reports();
	const report = (part: 'rows' | 'totals', id: ReportId, ...only: readonly MetricId[]) =>
		partOf(
			engine.report(
				id,
				{ ...query, compare: null, by: null, sort: null, ...CARD_QUERY[id] },
				{ limit: CARD_ROWS, only, part }
			),
			`${url.pathname}, ${id}`
		);
	const card = (id: ReportId, ...only: readonly MetricId[]) =>
		soon(
			report('rows', id, ...only).then((part) => mapPart(part, ({ rows }) => rows)),
			isDataRequest
		);
	// Asked for all at once, awaited below.
	const cards = Promise.all([
		card('posts', 'readers'),
		card('sources', 'visitors'),
		card('topics', 'readers'),
		card('ctas', 'cta_clickers', 'cta_ctr'),
		card('countries', 'visitors'),
		card('devices', 'visitors')
	]);
	const besides = soon(
		report('totals', 'posts', 'conversion_rate').then((part) =>
			part.ok ? ratesBeside(part.value) : {}
		),
		isDataRequest
	);
	const [overview, publications, now] = await Promise.all([
		partOf(engine.report('overview', query), `${url.pathname}, overview`),
		partOf(engine.publications(query), `${url.pathname}, publications`),
		partOf(engine.siteNow(site), `${url.pathname}, site now`)
	]);
	const [postRows, sources, topics, ctaRows, countries, devices] = await cards;
	return {
		query,
		now,
		main: mapPart(overview, (result) => ({
			empty: result.totals.visitors === 0,
			kpis: kpisOf(result),
			series: metricSeries(result, url.searchParams.get('metric'), valueOr(publications, []))
		})),
		besides: await besides,
		publicationsFailed: failureOf(publications),
		cards: { posts: postRows, sources, topics, ctas: ctaRows, countries, devices }
	};
};
