import type { RequestEvent } from '@sveltejs/kit';
import { subscriberOf, type AttemptName } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { record } from './record.ts';

type SignInOutcome =
	| { readonly ok: true; readonly next: 'signed_in' | 'second_factor' }
	| { readonly ok: false; readonly status: 400 | 429; readonly message: string };

/** Wrong guesses within a quarter of an hour: from one address, and, from wherever, at one account. */
const FROM_ADDRESS = 20;
const AT_ACCOUNT = 100;

/** Signs in by address and password. What is wrong with them is not told. */
export async function signIn(
	event: RequestEvent,
	email: string,
	password: string
): Promise<SignInOutcome> {
	const { accounts } = engine();
	const attempt: readonly AttemptName[] = [
		{ name: `address ${subscriberOf(event.getClientAddress())}`, most: FROM_ADDRESS },
		{ name: `account ${email.toLowerCase()}`, most: AT_ACCOUNT }
	];
	if (!accounts.attempts.take(attempt))
		return {
			ok: false,
			status: 429,
			message: 'Too many attempts. Try again in a quarter of an hour.'
		};
	const answer = await accounts.auth.signIn({ email, password }, event.request.headers);
	const person = accounts.people.byEmail(email);
	if (answer.outcome === 'refused') {
		// What was typed may be anything, a password too: only an address that is known is written down.
		record('sign_in_failed', { detail: person === null ? {} : { email: person.email } });
		return { ok: false, status: 400, message: 'This e-mail address and password do not match.' };
	}
	accounts.attempts.giveBack(attempt);
	event.locals.setCookies.push(...answer.cookies);
	if (answer.outcome === 'signed_in') record('signed_in', { actor: person?.id ?? null });
	return { ok: true, next: answer.outcome };
}
