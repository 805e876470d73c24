import { memberScreen } from '#lib/server/member-screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) =>
	memberScreen('author', params.author, params.site, url.searchParams);
