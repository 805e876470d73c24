import { redirect } from '@sveltejs/kit';
import { METRICS } from '#analytics';
import { filterForm } from '#lib/server/filter-form.ts';
import { siteOf } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, request }) => {
	const form = await filterForm(siteOf(params.site), url, request.signal);
	if (form.applied !== null) redirect(303, form.applied);
	return { ...form, metric: METRICS[form.metric].label };
};
