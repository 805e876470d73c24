/** Every report, by the id used in `/api/reports/<report>` and by `byline export <report>`. */
export const REPORT_IDS = [
	'overview',
	'posts',
	'topics',
	'authors',
	'ctas',
	'recent',
	'sources',
	'attribution',
	'pages',
	'countries',
	'devices',
	'browsers',
	'os'
] as const;

export type ReportId = (typeof REPORT_IDS)[number];

export function isReportId(text: string): text is ReportId {
	return REPORT_IDS.some((id) => id === text);
}
