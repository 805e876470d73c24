/** Formats of files to import, as a form offers them. */
export const IMPORT_FORMATS = [
	{ name: 'access-log', label: 'Access log of Apache, nginx, Caddy, IIS or CloudFront' },
	{ name: 'plausible', label: 'Plausible: ZIP or CSV' },
	{ name: 'umami', label: 'Umami: CSV' },
	{ name: 'goatcounter', label: 'GoatCounter: CSV' },
	{ name: 'ga4', label: 'Google Analytics 4: CSV' },
	{ name: 'matomo', label: 'Matomo: CSV' },
	{ name: 'hubspot', label: 'HubSpot: CSV' },
	{ name: 'ghost', label: 'Ghost: CSV of posts' },
	{ name: 'wordpress', label: 'WordPress or Jetpack: CSV' }
] as const;

/** A format by its name, also one that only the command line takes. */
export function formatLabel(name: string): string {
	return IMPORT_FORMATS.find((format) => format.name === name)?.label.split(':', 1)[0] ?? name;
}
