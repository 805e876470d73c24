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
import { qrCodeOf } from '#lib/server/access/qr-code.ts';
import { changed, textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => accountView(event);

type Change = (event: RequestEvent, form: FormData) => AccountDone | Promise<AccountDone>;

/** An action whose form is told by its name what came of it. */
const action = (name: string, change: Change) => async (event: RequestEvent) => {
	const form = await event.request.formData();
	const outcome = await changed(() => change(event, form));
	if (outcome.ok) {
		const { note, uri = '', codes = [] } = outcome.value;
		return { form: name, key: keyOf(uri), codes, note, field: '', problem: '' };
	}
	const { field, message, status } = outcome;
	// What was shown once stays as long as its code is not right.
	const key = field === 'code' ? keyOf(textOf(form.get('uri'))) : null;
	return fail(status, { form: name, key, codes: [], note: '', field, problem: message });
};

/** The key for an app, as its link, its text and its picture. What a form sends back may be anything. */
function keyOf(uri: string) {
	if (!/^otpauth:\/\/.{1,500}$/.test(uri) || !URL.canParse(uri)) return null;
	return { uri, secret: new URL(uri).searchParams.get('secret') ?? '', code: qrCodeOf(uri) };
}

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
			key: null,
			codes: [],
			note: '',
			field,
			problem: message
		});
	}
};
