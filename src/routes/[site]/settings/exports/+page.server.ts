import { siteOf } from '#lib/server/screen.ts';
import { exportsView } from '#lib/server/settings-exports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => exportsView(siteOf(params.site));
