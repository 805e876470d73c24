import type { Cell, ReportResult } from '../reports/result.ts';

/** How a CSV is written. */
export interface CsvFlavour {
	/** A byte-order mark first, as spreadsheets want it. */
	readonly excel?: boolean;
}

const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * A report as CSV by RFC 4180: CRLF, UTF-8, a header row of column ids, ISO 8601 dates, decimal point, several values
 * in one cell joined by "; ", missing as empty. Text that a spreadsheet would run is prefixed by an apostrophe.
 */
export function* reportCsv(
	{ columns, rows }: Pick<ReportResult, 'columns' | 'rows'>,
	{ excel = false }: CsvFlavour = {}
): Generator<string> {
	yield `${excel ? '\ufeff' : ''}${columns.map(({ id }) => id).join(',')}\r\n`;
	for (const row of rows) yield `${columns.map(({ id }) => cell(row[id] ?? null)).join(',')}\r\n`;
}

function cell(value: Cell): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = typeof value === 'string' ? value : value.join('; ');
	const safe = FORMULA.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `byline_<site>_<report>_<from>_<to>.csv` */
export function csvFileName({ report, query }: Pick<ReportResult, 'report' | 'query'>): string {
	return `byline_${query.site}_${report}_${query.from}_${query.to}.csv`;
}
