import type { RequestEvent } from '@sveltejs/kit';
import { describeAgent } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';
import { authorsNow } from './names-now.ts';
import { parsePassword, parsePersonName } from './parse-person.ts';
import { record } from './record.ts';

/** What changing an account shows besides that it is done. */
export interface AccountDone {
	readonly note: string;
	/** The key for an app, to be confirmed by a code, and codes for recovery; shown this once. */
	readonly uri?: string;
	readonly codes?: readonly string[];
}

function self({ locals }: RequestEvent) {
	const { person } = locals.viewer;
	if (person === null) throw new WrongField('', 'Nobody is signed in.');
	return person;
}

const passwordOf = (form: FormData, field = 'current'): string => {
	const given = form.get(field);
	return typeof given === 'string' ? given : '';
};

function deviceOf(userAgent: string): string {
	const { browser, os } = describeAgent(userAgent);
	return [browser ?? 'A browser', ...(os === undefined ? [] : [os])].join(' on ');
}

const WRONG_PASSWORD = 'This is not your password.';

/** An account as its owner sees it. */
export function accountView(event: RequestEvent) {
	const { id, name, email, session } = self(event);
	const { accounts, registry } = engine();
	const memberships = accounts.memberships.of(id);
	return {
		name,
		email,
		hasTwoFactor: accounts.people.get(id)?.hasTwoFactor === true,
		sessions: accounts.sessions.of(id).map(({ id: one, userAgent, since, usedAt }) => ({
			id: one,
			device: deviceOf(userAgent),
			since,
			usedAt,
			isThis: one === session
		})),
		passkeys: accounts.passkeys.of(id),
		roles: memberships.map((membership) => {
			const { role, authors } = membership;
			const site = registry.sites().find(({ id: one }) => one === membership.site);
			return {
				role,
				authors: site === undefined ? authors : authorsNow(site, authors),
				domain: site?.domain ?? null
			};
		})
	};
}

/** @throws WrongField */
export async function renameSelf(event: RequestEvent, form: FormData): Promise<AccountDone> {
	await engine().accounts.auth.rename(event.request.headers, parsePersonName(form));
	return { note: 'Saved.' };
}

/** @throws WrongField */
export async function changePassword(event: RequestEvent, form: FormData): Promise<AccountDone> {
	const next = parsePassword(form);
	const current = passwordOf(form);
	const done = await engine().accounts.auth.changePassword(event.request.headers, {
		current,
		next
	});
	if (!done.ok) throw new WrongField('current', WRONG_PASSWORD);
	event.locals.setCookies.push(...done.cookies);
	record('password_changed');
	return { note: 'The password is changed, and all other sessions are ended.' };
}

/** @throws WrongField */
export function endSession(event: RequestEvent, form: FormData): AccountDone {
	const { id } = self(event);
	if (!engine().accounts.sessions.end(id, textOf(form.get('session'))))
		throw new WrongField('', 'There is no such session any more.');
	record('sessions_ended');
	return { note: 'The session is ended.' };
}

export function endOtherSessions(event: RequestEvent): AccountDone {
	const { id, session } = self(event);
	const ended = engine().accounts.sessions.endOthers(id, session);
	record('sessions_ended');
	return { note: ended === 1 ? 'One session is ended.' : `${ended} sessions are ended.` };
}

/** @throws WrongField */
export async function beginTwoFactor(event: RequestEvent, form: FormData): Promise<AccountDone> {
	const { twoFactor } = engine().accounts.auth;
	const begun = await twoFactor.begin(event.request.headers, passwordOf(form));
	if (!begun.ok) throw new WrongField('current', WRONG_PASSWORD);
	const { uri, codes } = begun.value;
	return { note: '', uri, codes };
}

/** @throws WrongField */
export async function confirmTwoFactor(event: RequestEvent, form: FormData): Promise<AccountDone> {
	const { twoFactor } = engine().accounts.auth;
	const done = await twoFactor.confirm(event.request.headers, textOf(form.get('code')));
	if (!done.ok)
		throw new WrongField('code', 'This code is not right: take the one that the app shows now.');
	event.locals.setCookies.push(...done.cookies);
	record('two_factor_on');
	return { note: 'Two-factor is on.' };
}

/** @throws WrongField */
export async function endTwoFactor(event: RequestEvent, form: FormData): Promise<AccountDone> {
	const done = await engine().accounts.auth.twoFactor.off(event.request.headers, passwordOf(form));
	if (!done.ok) throw new WrongField('current', WRONG_PASSWORD);
	event.locals.setCookies.push(...done.cookies);
	record('two_factor_off');
	return { note: 'Two-factor is off.' };
}

/** @throws WrongField */
export async function newCodes(event: RequestEvent, form: FormData): Promise<AccountDone> {
	const { twoFactor } = engine().accounts.auth;
	const done = await twoFactor.newCodes(event.request.headers, passwordOf(form));
	if (!done.ok) throw new WrongField('current', WRONG_PASSWORD);
	return { note: 'The codes before are not good any more.', codes: done.value };
}

/** @throws WrongField */
export function removePasskey(event: RequestEvent, form: FormData): AccountDone {
	const { id } = self(event);
	if (!engine().accounts.passkeys.remove(id, textOf(form.get('passkey'))))
		throw new WrongField('', 'There is no such passkey any more.');
	record('passkey_removed');
	return { note: 'The passkey is removed.' };
}

/** Takes the account away with all that is known of the person. @throws WrongField */
export async function eraseSelf(event: RequestEvent, form: FormData): Promise<void> {
	const { id } = self(event);
	const { accounts, registry, segments } = engine();
	const person = accounts.people.get(id);
	if (person === null) return;
	for (const site of registry.sites()) {
		const owners = accounts.memberships.on(site.id).filter(({ role }) => role === 'owner');
		if (owners.length > 0 && owners.every((owner) => owner.person === id))
			throw new WrongField(
				'',
				`You are the only owner of ${site.domain}: make somebody else one first.`
			);
	}
	if (!(await accounts.auth.isPassword(event.request.headers, passwordOf(form))))
		throw new WrongField('current', WRONG_PASSWORD);
	event.locals.setCookies.push(...(await accounts.auth.signOut(event.request.headers)));
	accounts.erase(person);
	segments.forget(person.id);
	record('person_erased', { actor: null });
}

/** All that is kept of a person. */
export function personalData(event: RequestEvent) {
	const { id } = self(event);
	const { accounts, registry, segments } = engine();
	record('person_exported');
	const domains = new Map(registry.sites().map((site) => [site.id, site.domain]));
	return {
		account: accounts.people.get(id),
		roles: accountView(event).roles,
		sessions: accounts.sessions.of(id),
		passkeys: accounts.passkeys.of(id),
		segments: segments
			.of(id)
			.map(({ site, name, filters }) => ({ site: domains.get(site), name, filters })),
		log: accounts.audit
			.of(id)
			.map(({ at, act, detail }) => ({ at: new Date(at).toISOString(), act, detail }))
	};
}
