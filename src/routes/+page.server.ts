import { redirect } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { reports } from '#lib/server/engine.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	const [first] = reports().sites();
	if (first !== undefined) redirect(307, sitePath(first.domain));
	if (locals.viewer.ownsAll) redirect(303, '/sites/new');
};
