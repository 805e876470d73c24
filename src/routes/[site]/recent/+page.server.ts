import { reports } from '#lib/server/engine.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	return { query, curves: await reports().recentCurves(query) };
};
