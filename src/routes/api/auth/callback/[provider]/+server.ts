import { error, redirect } from '@sveltejs/kit';
import { engine } from '#lib/server/open-engine.ts';
import { countEnded, countGuess, HELD_BACK } from '#lib/server/access/held-back.ts';
import { AWAY } from '#lib/server/access/open-id-problem.ts';
import { record } from '#lib/server/access/record.ts';
import type { RequestHandler } from './$types';

/** The way back from the OpenID Connect provider, at the address that better-auth gives it. */
export const GET: RequestHandler = async (event) => {
	const { accounts, settings } = engine();
	if (settings.OIDC_ISSUER === '') error(404, 'There is no such page.');
	// Each that fails is written down.
	const guess = countGuess(event);
	if (guess === null) error(429, HELD_BACK);
	const answer = await accounts.auth.openId.callback(event.request);
	if (answer === null) redirect(303, `/sign-in?error=${AWAY}`);
	const cookies = answer.headers.getSetCookie();
	const asking = new Headers({
		cookie: cookies.map((line) => line.split(';', 1)[0]).join('; ')
	});
	const { session } = await accounts.auth.session(asking);
	if (session === null) record('sign_in_failed', { detail: { by: 'openid' } });
	else {
		guess.wasRight();
		countEnded(event);
		record('signed_in', { actor: session.person.id, detail: { by: 'openid' } });
	}
	return new Response(null, { status: 303, headers: answer.headers });
};
