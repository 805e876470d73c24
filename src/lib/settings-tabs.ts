/** The parts of a site's settings, each on a route of its own below `/settings`. */
export const SETTINGS_TABS = [
	{ id: '', label: 'Site' },
	{ id: 'catalogue', label: 'Catalogue' },
	{ id: 'names', label: 'Names' },
	{ id: 'imports', label: 'Imports' },
	{ id: 'exports', label: 'Exports' },
	{ id: 'keys', label: 'Keys' },
	{ id: 'links', label: 'Links' }
] as const;
