import { error, redirect } from '@sveltejs/kit';
import { columnOf, numberAt } from '#lib/columns.ts';
import { funnelSteps } from '#lib/funnel.ts';
import { localHour } from '#lib/local-hour.ts';
import { seriesOf } from '#lib/series.ts';
import { sitePath } from '#lib/links.ts';
import { mergedInto } from '#lib/server/post-identity.ts';
import { reports } from '#lib/server/engine.ts';
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

export const load: PageServerLoad = async ({ params, url }) => {
	const { site, query } = await openScreen(params.site, url.searchParams);
	const id = /^\d{1,15}$/.test(params.post) ? Number(params.post) : -1;
	const [detail, publications] = await Promise.all([
		reports().postDetail(id, query),
		reports().publications(query)
	]);
	if (detail === null) {
		const into = mergedInto(site, id);
		if (into !== null) redirect(307, sitePath(site.domain, 'posts', String(into)) + url.search);
		error(404, `There is no post "${params.post}" on ${site.domain}.`);
	}
	const series = seriesOf({
		column: { id: 'readers', label: 'Readers', unit: 'count' },
		interval: detail.query.interval,
		rows: detail.series,
		compareRows: detail.compareSeries,
		now: localHour(new Date(), detail.query.zone),
		publications: publications.filter(({ post_id }) => post_id === id)
	});
	return {
		...detail,
		funnel: funnelSteps(detail.funnel),
		series,
		compareSeries: null,
		fieldSources: postSources(site, id),
		figures: FIGURES.flatMap((metric) => {
			const column = columnOf(metric);
			if (column === undefined) return [];
			const value = numberAt(detail.totals, metric);
			return { column, value, base: detail.compareTotals?.[metric] ?? null };
		})
	};
};
