import type { DimensionId, ReportId } from '#analytics';

/** The reports on the readers themselves, each with the dimension of its rows and its singular. */
export const AUDIENCE_TABS = [
	{ report: 'countries', label: 'Countries', dimension: 'country', one: 'country' },
	{ report: 'devices', label: 'Devices', dimension: 'device', one: 'device' },
	{ report: 'browsers', label: 'Browsers', dimension: 'browser', one: 'browser' },
	{ report: 'os', label: 'Operating systems', dimension: 'os', one: 'operating system' }
] as const satisfies readonly {
	readonly report: ReportId;
	readonly label: string;
	readonly dimension: DimensionId;
	readonly one: string;
}[];
