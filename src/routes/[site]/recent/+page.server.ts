import { reports } from '#lib/server/engine.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	const [curves, { rows }] = await Promise.all([
		reports().recentCurves(query),
		reports().report('recent', query)
	]);
	return {
		query,
		curves,
		readers: new Map(rows.map((row) => [Number(row['post_id']), Number(row['readers_cumulative'])]))
	};
};
