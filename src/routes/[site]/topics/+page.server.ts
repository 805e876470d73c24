import { groupScreen } from '#lib/server/group-screen.ts';
import { groupTrends } from '#lib/server/group-trends.ts';
import { latePart } from '#lib/server/late-part.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, isDataRequest }) => {
	const [screen, trends] = await Promise.all([
		groupScreen('topics', params.site, url.searchParams),
		latePart(
			groupTrends('topic', params.site, url.searchParams),
			`${url.pathname}, trends`,
			isDataRequest
		)
	]);
	return { ...screen, trends };
};
