import type { RequestEvent } from '@sveltejs/kit';
import type { Invitation } from '#analytics/server';
import { sitePath } from '#lib/links.ts';
import { engine } from '#lib/server/open-engine.ts';
import { WrongField } from '#lib/server/settings-change.ts';
import { parsePassword, parsePersonName } from './parse-person.ts';
import { record } from './record.ts';

/** An invitation as its page shows it; null where there is none, it was used, or its time is over. */
export function invitationView(token: string, personName: string | undefined) {
	const { invitations, people } = engine().accounts;
	const invitation = invitations.find(token);
	if (invitation === null) return null;
	const domain = domainOf(invitation);
	if (domain === null) return null;
	return {
		domain,
		role: invitation.role,
		email: invitation.email,
		step:
			personName !== undefined
				? ('accept' as const)
				: people.byEmail(invitation.email) === null
					? ('join' as const)
					: ('sign_in' as const),
		personName: personName ?? ''
	};
}

/**
 * Uses an invitation up: for whoever is signed in, else for a new account with its address. Answers where to go on, or
 * null where there is no such invitation. @throws WrongField
 */
export async function acceptInvitation(
	event: RequestEvent,
	token: string,
	form: FormData
): Promise<string | null> {
	const { accounts } = engine();
	const known = event.locals.viewer.person;
	const given =
		known === null ? { name: parsePersonName(form), password: parsePassword(form) } : null;
	const invitation = accounts.invitations.take(token);
	if (invitation === null) return null;
	const domain = domainOf(invitation);
	if (domain === null) return null;
	const { email, site, role, authors } = invitation;
	let person = known?.id;
	if (given !== null) {
		try {
			if (accounts.people.byEmail(email) !== null)
				throw new WrongField('', 'There is an account with this address: sign in first.');
			person = (await accounts.auth.addPerson({ ...given, email })).id;
		} catch (thrown) {
			accounts.invitations.giveBack(token, invitation);
			throw thrown;
		}
		const answer = await accounts.auth.signIn(
			{ email, password: given.password },
			event.request.headers
		);
		if (answer.outcome !== 'refused') event.locals.setCookies.push(...answer.cookies);
	}
	if (person === undefined) return null;
	accounts.memberships.put({ person, site, role, authors });
	const found = engine()
		.registry.sites()
		.find(({ id }) => id === site);
	record('invitation_accepted', { actor: person, site: found ?? null, detail: { role } });
	return sitePath(domain);
}

function domainOf({ site }: Invitation): string | null {
	return (
		engine()
			.registry.sites()
			.find(({ id }) => id === site)?.domain ?? null
	);
}
