import type { RequestEvent } from '@sveltejs/kit';
import { engine } from '#lib/server/open-engine.ts';
import { countGuess, HELD_BACK } from './held-back.ts';
import { record } from './record.ts';

type SignInOutcome =
	| { readonly ok: true; readonly next: 'signed_in' | 'second_factor' }
	| { readonly ok: false; readonly status: 400 | 429; readonly message: string };

/** Signs in by address and password. What is wrong with them is not told. */
export async function signIn(
	event: RequestEvent,
	email: string,
	password: string
): Promise<SignInOutcome> {
	const { auth, people } = engine().accounts;
	const guess = countGuess(event, email);
	if (guess === null) return { ok: false, status: 429, message: HELD_BACK };
	const answer = await auth.signIn({ email, password }, event.request.headers);
	const person = people.byEmail(email);
	if (answer.outcome === 'refused') {
		// What was typed may be anything, a password too: only an address that is known is written down.
		record('sign_in_failed', { detail: person === null ? {} : { email: person.email } });
		return { ok: false, status: 400, message: 'This e-mail address and password do not match.' };
	}
	guess.wasRight();
	event.locals.setCookies.push(...answer.cookies);
	if (answer.outcome === 'signed_in') record('signed_in', { actor: person?.id ?? null });
	return { ok: true, next: answer.outcome };
}

/** The second step, by a code of the app or one for recovery. */
export async function signInByCode(event: RequestEvent, code: string): Promise<SignInOutcome> {
	const guess = countGuess(event);
	if (guess === null) return { ok: false, status: 429, message: HELD_BACK };
	const answer = await engine().accounts.auth.secondFactor(code, event.request.headers);
	if (!answer.ok) {
		record('sign_in_failed', { detail: { step: 'code' } });
		return {
			ok: false,
			status: 400,
			message: 'This code is not right, or it is too late for it: then sign in anew.'
		};
	}
	guess.wasRight();
	event.locals.setCookies.push(...answer.cookies);
	record('signed_in', { actor: answer.value.id, detail: { by: 'code' } });
	return { ok: true, next: 'signed_in' };
}
