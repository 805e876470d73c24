import { dropTable } from '#lib/server/drops.ts';
import { reports } from '#lib/server/engine.ts';
import { siteOf } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, depends }) => {
	depends('byline:live');
	const site = siteOf(params.site);
	return { alive: await reports().hasEvents(site), drops: dropTable(site) };
};
