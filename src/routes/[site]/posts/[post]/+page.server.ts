import { error, redirect } from '@sveltejs/kit';
import type { PostParts, ResolvedQuery } from '#analytics';
import { columnOf, numberAt } from '#lib/columns.ts';
import { funnelSteps } from '#lib/funnel.ts';
import { localHour } from '#lib/local-hour.ts';
import { sitePath } from '#lib/links.ts';
import { seriesOf, type Publication, type Series } from '#lib/series.ts';
import { mergedInto } from '#lib/server/post-identity.ts';
import { reports } from '#lib/server/engine.ts';
import { latePart } from '#lib/server/late-part.ts';
import { openScreen } from '#lib/server/screen.ts';
import { postSources } from '#lib/server/post-sources.ts';
import type { PageServerLoad } from './$types';

const FIGURES = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'cta_ctr',
	'subscribe_rate',
	'recirculation_rate',
	'conversions'
];

export const load: PageServerLoad = async ({ params, url, isDataRequest }) => {
	const { site, query } = await openScreen(params.site, url.searchParams);
	const id = /^\d{1,15}$/.test(params.post) ? Number(params.post) : -1;
	const { postHeader, post: parts, publications } = reports();
	const post = await postHeader(id, query);
	if (post === null) {
		const into = mergedInto(site, id);
		if (into !== null) redirect(307, sitePath(params.site, 'posts', String(into)) + url.search);
		error(404, `There is no post "${params.post}" on ${site.domain}.`);
	}
	const late = <T>(answer: Promise<T>, part: string) =>
		latePart(answer, `${url.pathname}, ${part}`, isDataRequest);
	const [figures, funnel, series, age, depth, ctas, sources, next, countries, devices] =
		await Promise.all([
			late(parts.figures(id, query).then(figuresOf), 'figures'),
			late(parts.funnel(id, query).then(funnelSteps), 'funnel'),
			late(
				Promise.all([parts.series(id, query), publications(query)]).then(([found, all]) =>
					readersOf(
						found,
						all.filter(({ post_id }) => post_id === id),
						query
					)
				),
				'series'
			),
			late(parts.age(id, query), 'age'),
			late(
				Promise.all([parts.depth(id, query), parts.placements(id, query)]).then(
					([points, placements]) => ({ points, placements })
				),
				'depth'
			),
			late(parts.ctas(id, query), 'ctas'),
			late(parts.sources(id, query), 'sources'),
			late(parts.next(id, query), 'next'),
			late(parts.countries(id, query), 'countries'),
			late(parts.devices(id, query), 'devices')
		]);
	return {
		query,
		post,
		figures,
		funnel,
		series,
		fieldSources: postSources(site, id),
		age,
		depth,
		ctas,
		sources,
		next,
		countries,
		devices
	};
};

const figuresOf = ({ totals, compareTotals }: PostParts['figures']) => ({
	totals,
	figures: FIGURES.flatMap((metric) => {
		const column = columnOf(metric);
		if (column === undefined) return [];
		return { column, value: numberAt(totals, metric), base: compareTotals?.[metric] ?? null };
	})
});

const readersOf = (
	{ rows, compareRows }: PostParts['series'],
	publications: readonly Publication[],
	{ interval, zone }: ResolvedQuery
): Series =>
	seriesOf({
		column: { id: 'readers', label: 'Readers', unit: 'count' },
		interval,
		rows,
		compareRows,
		now: localHour(new Date(), zone),
		publications
	});
