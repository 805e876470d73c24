import { LIVE } from '#lib/live.ts';
import { dropTable } from '#lib/server/drops.ts';
import { reports } from '#lib/server/engine.ts';
import { siteOf } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, depends }) => {
	depends(LIVE);
	const site = siteOf(params.site);
	return { now: await reports().siteNow(site), drops: dropTable(site) };
};
