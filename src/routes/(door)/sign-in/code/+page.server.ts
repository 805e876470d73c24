import { fail, redirect } from '@sveltejs/kit';
import { signInByCode } from '#lib/server/access/sign-in.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
	if (locals.viewer.kind !== 'stranger') redirect(303, '/');
	return { to: safePath(url.searchParams.get('to'), url) };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const outcome = await signInByCode(event, textOf(form.get('code')));
		if (!outcome.ok) return fail(outcome.status, { problem: outcome.message });
		redirect(303, safePath(textOf(form.get('to')), event.url));
	}
};
