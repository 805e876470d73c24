import type { ReportId } from '#analytics';
import type { Fact } from '#analytics/server';

export type Table = 'events' | Fact;

export const TABLE_LABELS: Readonly<Record<Table, string>> = {
	events: 'Events',
	views: 'Views',
	readings: 'Readings',
	visits: 'Visits',
	cta_exposures: 'CTA exposures',
	conversions: 'Conversions'
};
export const REPORT_LABELS: Readonly<Record<ReportId, string>> = {
	overview: 'Overview',
	posts: 'Posts',
	topics: 'Topics',
	authors: 'Authors',
	ctas: 'CTAs',
	recent: 'Recent',
	sources: 'Sources',
	attribution: 'Attribution',
	pages: 'Pages',
	countries: 'Countries',
	devices: 'Devices',
	browsers: 'Browsers',
	os: 'Operating systems'
};

const FORMATS = new Map([
	['csv', 'CSV'],
	['json', 'JSON'],
	['parquet', 'Parquet']
]);
const WHOLE = new Map([
	['catalogue', 'the catalogue'],
	['site', 'the whole site'],
	['backup', 'a backup of everything']
]);

/** What was exported, as the log keeps it, in words: `report posts`, `table events`, `catalogue`, `site` or `backup`. */
export function exportWords(what: string, format: string | undefined): string {
	const [kind, name = ''] = what.split(' ');
	const labels: Readonly<Record<string, string>> = kind === 'report' ? REPORT_LABELS : TABLE_LABELS;
	const named = WHOLE.get(what) ?? `the ${kind} ${labels[name] ?? name}`;
	return format === undefined ? named : `${named} as ${FORMATS.get(format) ?? format}`;
}
