import type { Role } from '#analytics/server';

/** What can be allowed on a site. */
export const ABILITIES = [
	'read',
	/** Segments of one's own. */
	'own_segments',
	/** Those for everybody. */
	'segments',
	'posts',
	'settings',
	'imports',
	'exports',
	'keys',
	'links',
	'people',
	'site'
] as const;

export type Ability = (typeof ABILITIES)[number];

const EDITOR = ABILITIES.filter((ability) => ability !== 'people' && ability !== 'site');

/** What each role may. A guest has what a share link shows; what a key may is written on the key. */
export const ROLE_ABILITIES: Readonly<Record<Role | 'guest', readonly Ability[]>> = {
	owner: ABILITIES,
	editor: EDITOR,
	viewer: ['read', 'own_segments'],
	author: ['read', 'own_segments'],
	guest: ['read']
};
