import { fail, redirect } from '@sveltejs/kit';
import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { removeSite } from '#lib/server/settings-remove.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => removeSite(siteOf(params.site), form));
		if (!outcome.ok) return fail(outcome.status, { problem: outcome.message });
		redirect(303, '/');
	}
};
