import { error } from '@sveltejs/kit';
import { engine } from '#lib/server/open-engine.ts';
import { record } from '#lib/server/access/record.ts';
import type { RequestHandler } from './$types';

/** The way back from the OpenID Connect provider, at the address that better-auth gives it. */
export const GET: RequestHandler = async ({ request }) => {
	const { accounts, settings } = engine();
	if (settings.OIDC_ISSUER === '') error(404, 'There is no such page.');
	const answer = await accounts.auth.openId.callback(request);
	const cookies = answer.headers.getSetCookie();
	const asking = new Headers({
		cookie: cookies.map((line) => line.split(';', 1)[0]).join('; ')
	});
	const { session } = await accounts.auth.session(asking);
	if (session === null) record('sign_in_failed', { detail: { by: 'openid' } });
	else record('signed_in', { actor: session.person.id, detail: { by: 'openid' } });
	return new Response(null, { status: 303, headers: answer.headers });
};
