/** The parts of a site's settings, each on a route of its own below `/settings`, and what one must be able to, to see it. */
export const SETTINGS_TABS = [
	{ id: '', label: 'Site', ability: 'settings' },
	{ id: 'catalogue', label: 'Catalogue', ability: 'settings' },
	{ id: 'names', label: 'Names', ability: 'settings' },
	{ id: 'imports', label: 'Imports', ability: 'imports' },
	{ id: 'exports', label: 'Exports', ability: 'exports' },
	{ id: 'keys', label: 'Keys', ability: 'keys' },
	{ id: 'links', label: 'Links', ability: 'links' },
	{ id: 'people', label: 'People', ability: 'people' },
	{ id: 'log', label: 'Log', ability: 'people' }
] as const;
