import { groupScreen } from '#lib/server/group-screen.ts';
import { groupTrends } from '#lib/server/group-trends.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const [screen, trends] = await Promise.all([
		groupScreen('authors', params.site, url.searchParams),
		groupTrends('author', params.site, url.searchParams)
	]);
	return { ...screen, trends };
};
