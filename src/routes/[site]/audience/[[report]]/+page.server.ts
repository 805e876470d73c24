import { error } from '@sveltejs/kit';
import { AUDIENCE_TABS } from '#lib/audience-tabs.ts';
import { breakdownScreen } from '#lib/server/breakdown-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const asked = params.report ?? AUDIENCE_TABS[0].report;
	const tab = AUDIENCE_TABS.find(({ report }) => report === asked);
	if (tab === undefined) error(404, `There is no report "${asked}" on the audience.`);
	return { tab, ...(await breakdownScreen(tab.report, params.site, url.searchParams)) };
};
