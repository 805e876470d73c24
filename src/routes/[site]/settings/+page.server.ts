import { reports } from '#lib/server/engine.ts';
import { siteOf } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({
	alive: await reports().hasEvents(siteOf(params.site))
});
