import { memberScreen } from '#lib/server/member-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, isDataRequest }) =>
	memberScreen('author', params.author, params.site, url.searchParams, isDataRequest);
