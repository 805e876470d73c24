/** The screens of a site, by their path below it. */
export const SCREENS = [
	{ id: '', label: 'Overview' },
	{ id: 'posts', label: 'Posts' },
	{ id: 'recent', label: 'Recent' },
	{ id: 'topics', label: 'Topics' },
	{ id: 'authors', label: 'Authors' },
	{ id: 'ctas', label: 'CTAs' },
	{ id: 'sources', label: 'Sources' },
	{ id: 'audience', label: 'Audience' },
	{ id: 'settings', label: 'Settings' }
] as const;
