import { parseFilter, WHOLE_SITE, type Site } from '#analytics';
import type { ApiKey, KeyScope, ShareLink } from '#analytics/server';
import { shareKey } from '#lib/share-key.ts';
import { ROLE_ABILITIES, type Ability } from './abilities.ts';
import { authorScope } from './author-scope.ts';
import { filtersNow } from './names-now.ts';
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
		accessTo: on(key.site, (site) => ({
			role: 'key',
			scope: key.authors === null ? WHOLE_SITE : authorScope(site, key.authors),
			can: (ability) => abilities.includes(ability)
		})),
		ownsAll: false,
		person: null,
		key
	};
}

/** Whoever has a link. */
export function guestViewer(link: ShareLink, token: string): Viewer {
	return {
		kind: 'guest',
		accessTo: on(link.site, (site) => {
			const filters = filtersNow(site, link.filters).map(parseFilter);
			const known = filters.filter((filter) => filter !== null);
			// What an older version took for a filter and this one does not must not be lifted by that.
			if (known.length < filters.length) return null;
			return {
				role: 'guest',
				scope: { authors: null, filters: known, band: known.length === 0 },
				can: (ability) => ROLE_ABILITIES.guest.includes(ability)
			};
		}),
		ownsAll: false,
		person: null,
		guest: { link, key: shareKey(token) }
	};
}

function on(id: number, accessTo: (site: Site) => Access | null): (site: Site) => Access | null {
	return (site) => (site.id === id ? accessTo(site) : null);
}
