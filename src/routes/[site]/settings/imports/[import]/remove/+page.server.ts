import { fail, redirect } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { importRecordView, startRemoval } from '#lib/server/settings-imports.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params }) => ({
	record: await importRecordView(siteOf(params.site), params.import)
});

export const actions: Actions = {
	default: async ({ params }) => {
		const site = siteOf(params.site);
		const outcome = await changed(() => startRemoval(site, params.import));
		if (!outcome.ok) return fail(outcome.status, { problem: outcome.message });
		redirect(303, sitePath(site.domain, 'settings', 'imports', params.import));
	}
};
