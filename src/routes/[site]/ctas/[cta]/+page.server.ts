import { ctaScreen } from '#lib/server/cta-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, isDataRequest }) =>
	ctaScreen(params.cta, params.site, url.searchParams, isDataRequest);
