import { JOBS } from '#lib/live.ts';
import { uploadLimit } from '#lib/server/receive-upload.ts';
import { siteOf } from '#lib/server/screen.ts';
import { importsView } from '#lib/server/settings-imports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, depends }) => {
	depends(JOBS);
	return { ...(await importsView(siteOf(params.site))), limit: uploadLimit() };
};
