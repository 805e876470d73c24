import { groupScreen } from '#lib/server/group-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) =>
	groupScreen('topics', params.site, url.searchParams);
