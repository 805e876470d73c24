import type { RequestEvent } from '@sveltejs/kit';
import type { Site } from '#analytics';
import { EVERY_SITE, messageOf, namesOf, ROLES, type Role } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';
import { authorsNow } from './names-now.ts';
import { parseEmail } from './parse-person.ts';
import { record } from './record.ts';

/** Author names that one person may have. */
const MOST_NAMES = 50;

/** Who has which role on a site, and who is invited. */
export function peopleView(site: Site, self: string | undefined) {
	const { people, memberships, invitations } = engine().accounts;
	return {
		people: memberships
			.on(site.id)
			.flatMap((membership) => {
				const person = people.get(membership.person);
				if (person === null) return [];
				const { id, name, email, hasTwoFactor } = person;
				const { role } = membership;
				const authors = authorsNow(site, membership.authors);
				const isEverywhere = membership.site === EVERY_SITE;
				return [
					{ id, name, email, hasTwoFactor, role, authors, isEverywhere, isSelf: id === self }
				];
			})
			.toSorted((one, other) => one.name.localeCompare(other.name)),
		invitations: invitations.on(site.id).map(({ id, email, role, authors, expiresAt }) => ({
			id,
			email,
			role,
			authors: authorsNow(site, authors),
			expiresAt: new Date(expiresAt).toISOString()
		})),
		names: authorNames(site).slice(0, 1_000),
		sendsMail: engine().accounts.sendMail !== null
	};
}

/** Invites somebody; answers the link where it could not be sent. @throws WrongField */
export async function invite(
	event: RequestEvent,
	site: Site,
	form: FormData
): Promise<{ readonly note: string; readonly link: string }> {
	const { accounts, settings } = engine();
	const email = parseEmail(form);
	const { role, authors } = parseRole(site, form);
	const known = accounts.people.byEmail(email);
	if (known !== null && accounts.memberships.on(site.id).some(({ person }) => person === known.id))
		throw new WrongField('email', `${email} has a role here already.`);
	const by = event.locals.viewer.person?.id ?? null;
	const token = accounts.invitations.add({ email, site: site.id, role, authors, by });
	record('person_invited', { site, detail: { email, role } });
	const path = `/invite/${token}`;
	const link = new URL(path, event.url).href;
	if (accounts.sendMail === null)
		return { note: `Hand this link to ${email}. It works once, for seven days.`, link };
	const inviter = event.locals.viewer.person?.name ?? 'Somebody';
	try {
		await accounts.sendMail({
			to: email,
			subject: `Your invitation to ${site.domain} on Byline`,
			text: `${inviter} invites you to the figures of ${site.domain}.\n\n${settings.ORIGIN}${path}\n\nThe link works once, for seven days.\n`
		});
		return { note: `An invitation is on its way to ${email}.`, link: '' };
	} catch (thrown) {
		return {
			note: `The mail could not be sent (${messageOf(thrown)}). Hand this link to ${email}: it works once, for seven days.`,
			link
		};
	}
}

/** @throws WrongField */
export function changeRole(site: Site, form: FormData): void {
	const person = memberOf(site, form);
	const { role, authors } = parseRole(site, form);
	if (role !== 'owner') refuseLastOwner(site, person.id);
	engine().accounts.memberships.put({ person: person.id, site: site.id, role, authors });
	record('role_changed', { site, detail: { email: person.email, role } });
}

/** @throws WrongField */
export function removeRole(site: Site, form: FormData): void {
	const person = memberOf(site, form);
	refuseLastOwner(site, person.id);
	engine().accounts.memberships.remove(person.id, site.id);
	record('role_removed', { site, detail: { email: person.email } });
}

export function withdraw(site: Site, form: FormData): void {
	const id = Number(textOf(form.get('invitation')));
	const { invitations } = engine().accounts;
	const email = invitations.on(site.id).find((invitation) => invitation.id === id)?.email;
	if (invitations.withdraw(id, site.id) && email !== undefined)
		record('invitation_withdrawn', { site, detail: { email } });
}

/** Somebody whose role on this site is this site's to give. */
function memberOf(site: Site, form: FormData) {
	const id = textOf(form.get('person'));
	const { people, memberships } = engine().accounts;
	const person = people.get(id);
	const found = memberships.on(site.id).find((membership) => membership.person === id);
	if (person === null || found === undefined)
		throw new WrongField('', 'There is nobody like that here any more.');
	if (found.site === EVERY_SITE)
		throw new WrongField('', `${person.name} owns the installation, and every site with it.`);
	return person;
}

function refuseLastOwner(site: Site, person: string): void {
	const owners = engine()
		.accounts.memberships.on(site.id)
		.filter(({ role }) => role === 'owner');
	if (owners.every((owner) => owner.person === person))
		throw new WrongField('', 'A site needs an owner: make somebody else one first.');
}

function parseRole(
	site: Site,
	form: FormData
): { readonly role: Role; readonly authors: readonly string[] } {
	const given = textOf(form.get('role'));
	const role = ROLES.find((one) => one === given);
	if (role === undefined) throw new WrongField('role', `A role is one of ${ROLES.join(', ')}.`);
	if (role !== 'author') return { role, authors: [] };
	const known = new Set(authorNames(site));
	const authors = [...new Set(textOf(form.get('authors')).split(';'))]
		.map((name) => name.trim())
		.filter((name) => name !== '');
	const unknown = authors.find((name) => !known.has(name));
	if (unknown !== undefined)
		throw new WrongField('authors', `No post of ${site.domain} is by "${unknown}".`);
	if (authors.length === 0 || authors.length > MOST_NAMES)
		throw new WrongField('authors', `An author has 1 to ${MOST_NAMES} author names of the posts.`);
	return { role, authors };
}

function authorNames(site: Site): readonly string[] {
	return namesOf(engine().identity.resolved(site), 'author').map(({ name }) => name);
}
