import { plainName } from '#analytics/server';
import { record } from '#lib/server/access/record.ts';
import { answer, jsonBody, NO_JSON, refuse } from '#lib/server/api-answer.ts';
import { engine } from '#lib/server/open-engine.ts';
import type { RequestHandler } from './$types';

const MOST_NAME = 60;

/** `POST /account/passkeys`: an empty object begins, a name and the browser's answer add the passkey. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const body = await jsonBody(request);
	if (body === null) return refuse(400, [NO_JSON]);
	const { passkey } = engine().accounts.auth;
	const { name } = body;
	const done =
		'response' in body
			? await passkey.register(
					request.headers,
					(typeof name === 'string' && plainName(name).slice(0, MOST_NAME)) || 'Passkey',
					body['response']
				)
			: await passkey.registerOptions(request.headers);
	if (!done.ok)
		return refuse(400, [
			{
				path: '#',
				given: '',
				allowed: 'a new passkey, within a day of signing in',
				message: 'This passkey cannot be added. Sign in anew and try again.'
			}
		]);
	locals.setCookies.push(...done.cookies);
	if ('response' in body) record('passkey_added');
	return answer({ options: done.value });
};
