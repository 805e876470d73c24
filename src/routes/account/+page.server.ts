import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import {
	accountView,
	beginTwoFactor,
	changePassword,
	confirmTwoFactor,
	endOtherSessions,
	endSession,
	endTwoFactor,
	eraseSelf,
	newCodes,
	removePasskey,
	renameSelf,
	type AccountDone
} from '#lib/server/access/account-screen.ts';
import { changed, textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => accountView(event);

type Change = (event: RequestEvent, form: FormData) => AccountDone | Promise<AccountDone>;

/** An action whose form is told by its name what came of it. */
const action = (name: string, change: Change) => async (event: RequestEvent) => {
	const form = await event.request.formData();
	const outcome = await changed(() => change(event, form));
	if (outcome.ok)
		return { form: name, secret: '', uri: '', codes: [], ...outcome.value, field: '', problem: '' };
	const { field, message, status } = outcome;
	// What was shown once stays as long as its code is not right.
	const uri = field === 'code' ? textOf(form.get('uri')) : '';
	const secret = URL.canParse(uri) ? (new URL(uri).searchParams.get('secret') ?? '') : '';
	return fail(status, { form: name, secret, uri, codes: [], note: '', field, problem: message });
};

export const actions: Actions = {
	name: action('name', renameSelf),
	password: action('password', changePassword),
	session: action('sessions', endSession),
	sessions: action('sessions', endOtherSessions),
	two_factor: action('two_factor', beginTwoFactor),
	two_factor_on: action('two_factor', confirmTwoFactor),
	two_factor_off: action('two_factor', endTwoFactor),
	codes: action('two_factor', newCodes),
	passkey: action('passkeys', removePasskey),
	erase: async (event) => {
		const form = await event.request.formData();
		const outcome = await changed(() => eraseSelf(event, form));
		if (outcome.ok) redirect(303, '/sign-in');
		const { field, message, status } = outcome;
		return fail(status, {
			form: 'erase',
			secret: '',
			uri: '',
			codes: [],
			note: '',
			field,
			problem: message
		});
	}
};
