import { JOBS } from '#lib/live.ts';
import { siteOf } from '#lib/server/screen.ts';
import { importView } from '#lib/server/settings-imports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, depends }) => {
	depends(JOBS);
	return importView(siteOf(params.site), params.import);
};
