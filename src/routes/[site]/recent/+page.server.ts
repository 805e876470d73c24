import { numberAt } from '#lib/columns.ts';
import { reports } from '#lib/server/engine.ts';
import { failureOf, valueOr } from '#lib/part.ts';
import { partOf } from '#lib/server/part-of.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	const [curves, { rows, failed }] = await Promise.all([
		partOf(reports().recentCurves(query), `${url.pathname}, curves`),
		reportPart('recent', query)
	]);
	return {
		query,
		curves: valueOr(curves, []),
		failed: failureOf(curves) ?? failed,
		readers: new Map(
			rows.map((row) => [Number(row['post_id']), numberAt(row, 'readers_cumulative')])
		)
	};
};
