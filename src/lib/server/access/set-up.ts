import type { RequestEvent } from '@sveltejs/kit';
import { EVERY_SITE } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { parseEmail, parsePassword, parsePersonName } from './parse-person.ts';
import { record } from './record.ts';

/**
 * Makes the owner's account and signs the owner in. False where the token is not the one on the terminal.
 * @throws WrongField
 */
export async function setUpInstallation(event: RequestEvent, form: FormData): Promise<boolean> {
	const { accounts } = engine();
	const token = form.get('token');
	const given = await accounts.setUp.claim(
		typeof token === 'string' ? token.trim() : '',
		async () => {
			const owner = {
				name: parsePersonName(form),
				email: parseEmail(form),
				password: parsePassword(form)
			};
			const { id: person } = await accounts.auth.addPerson(owner);
			accounts.memberships.put({ person, site: EVERY_SITE, role: 'owner', authors: [] });
			record('installation_claimed', { actor: person });
			return owner;
		}
	);
	if (given === undefined) return false;
	const answer = await accounts.auth.signIn(given, event.request.headers);
	if (answer.outcome !== 'refused') event.locals.setCookies.push(...answer.cookies);
	return true;
}
