import { logView } from '#lib/server/access/log-screen.ts';
import { siteOf } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url, locals }) =>
	logView(siteOf(params.site), Number(url.searchParams.get('page') ?? 1), locals.viewer.ownsAll);
