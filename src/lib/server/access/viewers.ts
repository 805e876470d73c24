import { WHOLE_SITE, type Scope } from '#analytics';
import { EVERY_SITE, type Accounts, type Role } from '#analytics/server';
import { ROLE_ABILITIES } from './abilities.ts';
import { authorScope } from './author-scope.ts';
import type { Access, Viewer } from './viewer.ts';

/** What a role may. */
function accessOf(role: Role, scope: Scope): Access {
	const abilities = ROLE_ABILITIES[role];
	return {
		role,
		scope,
		can: (ability) => abilities.includes(ability)
	};
}

/** Somebody nobody knows: no site exists for them. */
export const STRANGER: Viewer = {
	kind: 'stranger',
	accessTo: () => null,
	ownsAll: false,
	person: null
};

const DEMO_ACCESS = accessOf('editor', WHOLE_SITE);

/** Sees everything of the demo; what they save is refused where it would be saved. */
export const DEMO: Viewer = {
	kind: 'demo',
	accessTo: () => DEMO_ACCESS,
	ownsAll: false,
	person: null
};

/** A person with a session, as their roles are at this moment. */
export function personViewer(person: NonNullable<Viewer['person']>, accounts: Accounts): Viewer {
	const memberships = accounts.memberships.of(person.id);
	const on = (site: number) => memberships.find((membership) => membership.site === site);
	const everywhere = on(EVERY_SITE);
	return {
		kind: 'person',
		accessTo: (site) => {
			const found = everywhere ?? on(site.id);
			if (found === undefined) return null;
			const { role, authors } = found;
			return accessOf(role, role === 'author' ? authorScope(site, authors) : WHOLE_SITE);
		},
		ownsAll: everywhere !== undefined,
		person
	};
}
