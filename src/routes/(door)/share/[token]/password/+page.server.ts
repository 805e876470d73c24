import { error, fail, redirect } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { unlock, whoseLink } from '#lib/server/access/unlock.ts';
import { textOf } from '#lib/server/settings-change.ts';
import { shareKey } from '#lib/share-key.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const { isOpen } = whoseLink(event, event.params.token);
	if (isOpen) redirect(303, sitePath(shareKey(event.params.token)));
};

export const actions: Actions = {
	default: async (event) => {
		const { token } = event.params;
		const form = await event.request.formData();
		const outcome = await unlock(event, token, textOf(form.get('password')));
		if (outcome === 'too_many')
			return fail(429, { problem: 'Too many attempts. Try again in a quarter of an hour.' });
		if (outcome === 'wrong') return fail(400, { problem: 'This is not the password.' });
		if (outcome === 'gone') error(404, 'This link does not hold, or no longer.');
		redirect(303, sitePath(shareKey(token)));
	}
};
