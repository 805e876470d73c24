import { ORIGINS } from '../numbered.ts';

/** The fields of a journal line, as `from_json` wants them. */
export const EVENT_FIELDS = JSON.stringify({
	id: 'varchar',
	site: 'integer',
	ts: 'bigint',
	received: 'bigint',
	day: 'varchar',
	hour: 'utinyint',
	visitor: 'varchar',
	name: 'varchar',
	page: 'varchar',
	hostname: 'varchar',
	pageView: 'varchar',
	measured: 'boolean',
	depth: 'utinyint',
	engagedMs: 'bigint',
	ctas: [{ id: 'varchar', placement: 'varchar', variant: 'varchar' }],
	form: 'varchar',
	referrer: 'varchar',
	source: 'varchar',
	channel: 'varchar',
	utmSource: 'varchar',
	utmMedium: 'varchar',
	utmCampaign: 'varchar',
	utmContent: 'varchar',
	utmTerm: 'varchar',
	country: 'varchar',
	device: 'varchar',
	browser: 'varchar',
	os: 'varchar',
	props: 'json',
	importLine: 'varchar'
});

/** The fields of a line of an import, whose origin and client are places in lists. */
export const IMPORT_FIELDS = JSON.stringify({
	ts: 'bigint',
	day: 'varchar',
	hour: 'utinyint',
	visitor: 'varchar',
	name: 'varchar',
	page: 'varchar',
	importLine: 'varchar',
	origin: 'integer',
	client: 'integer'
});

/** Columns that hold a field of the journal as it is, from a struct with the fields above. */
export function textColumns(from: string, columns: readonly string[]): string {
	const camelCase = (column: string): string =>
		column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
	return columns.map((column) => `${from}.${camelCase(column)} as ${column}`).join(', ');
}

/**
 * The columns of `events`, in order, from a struct with the fields above. Visitor and page view are still what the
 * journal calls them, and there is no `seq` yet.
 */
export function eventColumns(from: string): string {
	const field = (name: string): string => `${from}.${name}`;
	return [
		`${field('site')} as site_id`,
		`${field('day')}::date as day`,
		`${field('hour')} as hour`,
		`${field('ts')} as ts`,
		`0::bigint as seq`,
		`('0x' || ${field('visitor')})::ubigint as visitor`,
		`${field('name')} as name`,
		`${field('page')} as page`,
		textColumns(from, ['hostname']),
		`md5_number_lower(${field('pageView')})::ubigint as page_view`,
		`${field('measured')} as measured`,
		`${field('depth')} as depth`,
		`${field('engagedMs')} as engaged_ms`,
		`${field('ctas')} as ctas`,
		`${field('form')} as form`,
		textColumns(from, ORIGINS.columns),
		textColumns(from, ['country', 'device', 'browser', 'os']),
		`${field('props')}::varchar as props`,
		`('0x' || ${field('importLine')})::ubigint as import_line`,
		'null::integer as import_id'
	].join(', ');
}
