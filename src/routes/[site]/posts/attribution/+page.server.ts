import { breakdownScreen } from '#lib/server/breakdown-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) =>
	breakdownScreen('attribution', params.site, url.searchParams);
