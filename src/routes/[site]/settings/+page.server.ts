import { fail } from '@sveltejs/kit';
import { LIVE } from '#lib/live.ts';
import { dropTable } from '#lib/server/drops.ts';
import { reports } from '#lib/server/engine.ts';
import { siteOf } from '#lib/server/screen.ts';
import { authorBandOf, saveAuthorBand } from '#lib/server/settings-authors.ts';
import { changed } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, depends, locals }) => {
	depends(LIVE);
	const site = siteOf(params.site);
	return {
		now: await reports().siteNow(site),
		drops: dropTable(site),
		authorBand: authorBandOf(site),
		canRemove: locals.viewer.accessTo(site)?.can('site') === true
	};
};

export const actions: Actions = {
	authors: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => saveAuthorBand(siteOf(params.site), form));
		if (outcome.ok) return { note: 'Saved.', problem: '' };
		return fail(outcome.status, { note: '', problem: outcome.message });
	}
};
