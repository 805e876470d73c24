import { answer, jsonBody, NO_JSON, refuse } from '#lib/server/api-answer.ts';
import { countBegun, countEnded, countGuess, HELD_BACK } from '#lib/server/access/held-back.ts';
import { record } from '#lib/server/access/record.ts';
import { engine } from '#lib/server/open-engine.ts';
import type { RequestHandler } from './$types';

const wrong = (status: number, message: string): Response =>
	refuse(status, [{ path: '#', given: '', allowed: 'a passkey of an account here', message }]);

/** `POST /sign-in/passkey`: an empty object begins, the browser's answer to the challenge signs in. */
export const POST: RequestHandler = async (event) => {
	const { request, locals } = event;
	const body = await jsonBody(request);
	if (body === null) return refuse(400, [NO_JSON]);
	const { passkey } = engine().accounts.auth;
	if (!('response' in body)) {
		if (!countBegun(event)) return wrong(429, HELD_BACK);
		const begun = await passkey.signInOptions(request.headers);
		if (!begun.ok) return wrong(400, 'Passkeys do not work here.');
		locals.setCookies.push(...begun.cookies);
		return answer({ options: begun.value });
	}
	const guess = countGuess(event);
	if (guess === null) return wrong(429, HELD_BACK);
	const done = await passkey.signIn(request.headers, body['response']);
	if (!done.ok) {
		record('sign_in_failed', { detail: { by: 'passkey' } });
		return wrong(400, 'No account here knows this passkey.');
	}
	guess.wasRight();
	countEnded(event);
	locals.setCookies.push(...done.cookies);
	record('signed_in', { actor: done.value.id, detail: { by: 'passkey' } });
	return answer({ ok: true });
};
