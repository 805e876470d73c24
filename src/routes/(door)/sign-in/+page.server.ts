import { fail, redirect } from '@sveltejs/kit';
import { safePath } from '#lib/server/safe-path.ts';
import { engine } from '#lib/server/open-engine.ts';
import { textOf } from '#lib/server/settings-change.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
	if (locals.viewer.kind !== 'stranger') redirect(303, '/');
	if (engine().accounts.setUp.token() !== null) redirect(303, '/setup');
	return { to: safePath(url.searchParams.get('to'), url) };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const email = textOf(form.get('email'));
		const password = form.get('password');
		const outcome = await signIn(event, email, typeof password === 'string' ? password : '');
		if (!outcome.ok) return fail(outcome.status, { email, problem: outcome.message });
		redirect(303, safePath(textOf(form.get('to')), event.url));
	}
};
