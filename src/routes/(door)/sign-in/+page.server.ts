import { error, fail, redirect } from '@sveltejs/kit';
import { countBegun, HELD_BACK } from '#lib/server/access/held-back.ts';
import { AWAY, openIdProblem } from '#lib/server/access/open-id-problem.ts';
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
		problem: openIdProblem(url.searchParams.get('error'), settings.OIDC_NAME),
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
	openid: async (event) => {
		const { request, locals, url } = event;
		const to = safePath(textOf((await request.formData()).get('to')), url);
		const { accounts, settings } = engine();
		if (settings.OIDC_ISSUER === '') error(404, 'There is no such page.');
		if (!countBegun(event)) return fail(429, { email: '', problem: HELD_BACK });
		const answer = await accounts.auth.openId.begin(request.headers, to);
		if (!answer.ok)
			return fail(400, { email: '', problem: openIdProblem(AWAY, settings.OIDC_NAME) });
		locals.setCookies.push(...answer.cookies);
		// No redirect: the policy of pages lets forms lead to this server alone, and browsers hold redirects to it.
		return { leadsTo: answer.value };
	}
};
