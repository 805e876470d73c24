import { parseFilter, type Site } from '#analytics';
import type { ApiKey, KeyScope, ShareLink } from '#analytics/server';
import { shareKey } from '#lib/share-key.ts';
import { ROLE_ABILITIES, type Ability } from './abilities.ts';
import type { Access, Viewer } from './viewer.ts';

const KEY_ABILITIES: Readonly<Record<KeyScope, readonly Ability[]>> = {
	reports: ['read'],
	events: [],
	catalogue: ['posts']
};

/** The bearer of a key. */
export function keyViewer(key: ApiKey): Viewer {
	const abilities = key.scopes.flatMap((scope) => KEY_ABILITIES[scope]);
	return {
		kind: 'key',
		accessTo: on(key.site, {
			role: 'key',
			scope: { authors: key.authors, filters: [], band: key.authors === null },
			can: (ability) => abilities.includes(ability)
		}),
		ownsAll: false,
		person: null,
		key
	};
}

/** Whoever has a link. */
export function guestViewer(link: ShareLink, token: string): Viewer {
	// What an older version took for a filter and this one does not must not be lifted by that.
	const filters = link.filters.map(parseFilter).filter((filter) => filter !== null);
	const isWhole = filters.length === link.filters.length;
	const access: Access = {
		role: 'guest',
		scope: { authors: null, filters, band: filters.length === 0 },
		can: (ability) => ROLE_ABILITIES.guest.includes(ability)
	};
	return {
		kind: 'guest',
		accessTo: isWhole ? on(link.site, access) : () => null,
		ownsAll: false,
		person: null,
		guest: { link, key: shareKey(token) }
	};
}

function on(site: number, access: Access): (site: Site) => Access | null {
	return ({ id }) => (id === site ? access : null);
}
