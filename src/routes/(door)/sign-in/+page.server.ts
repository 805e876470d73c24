import { fail, redirect } from '@sveltejs/kit';
import { signIn } from '#lib/server/access/sign-in.ts';
import { engine } from '#lib/server/open-engine.ts';
import { safePath } from '#lib/server/safe-path.ts';
import { textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
	const { accounts, settings } = engine();
	if (locals.viewer.kind !== 'stranger') redirect(303, '/');
	if (accounts.setUp.token() !== null) redirect(303, '/setup');
	return {
		to: safePath(url.searchParams.get('to'), url),
		openId: settings.OIDC_ISSUER === '' ? null : settings.OIDC_NAME,
		problem: url.searchParams.has('error')
			? 'That did not work: there is no account with the verified address that was told.'
			: '',
		note: url.searchParams.has('reset') ? 'The new password is set. Sign in with it.' : ''
	};
};

export const actions: Actions = {
	password: async (event) => {
		const form = await event.request.formData();
		const email = textOf(form.get('email'));
		const password = form.get('password');
		const to = safePath(textOf(form.get('to')), event.url);
		const outcome = await signIn(event, email, typeof password === 'string' ? password : '');
		if (!outcome.ok) return fail(outcome.status, { email, problem: outcome.message });
		redirect(303, outcome.next === 'signed_in' ? to : `/sign-in/code?to=${encodeURIComponent(to)}`);
	},
	openid: async ({ request, locals, url }) => {
		const to = safePath(textOf((await request.formData()).get('to')), url);
		const answer = await engine().accounts.auth.openId.begin(request.headers, to);
		if (!answer.ok) return fail(400, { email: '', problem: 'That provider cannot be reached.' });
		locals.setCookies.push(...answer.cookies);
		redirect(303, answer.value);
	}
};
