import { stringify } from 'csv-stringify/sync';
import type { Cell, ReportResult } from '../reports/result.ts';

/** How a CSV is written. */
interface CsvFlavour {
	/** A byte-order mark first, as spreadsheets want it. */
	readonly excel?: boolean;
}

/** What a spreadsheet would take for a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const ROWS_A_CHUNK = 500;

/**
 * A report as CSV by RFC 4180, in chunks of whole lines: CRLF, UTF-8, a header row of column ids, ISO 8601 dates,
 * decimal point, several values in one cell joined by "; ", missing as empty. Text that a spreadsheet would run is
 * prefixed by an apostrophe.
 */
export function* reportCsv(
	{ columns, rows }: Pick<ReportResult, 'columns' | 'rows'>,
	{ excel = false }: CsvFlavour = {}
): Generator<string, undefined> {
	const ids = columns.map(({ id }) => id);
	yield `${excel ? '\ufeff' : ''}${lines([ids])}`;
	for (let start = 0; start < rows.length; start += ROWS_A_CHUNK)
		yield lines(
			rows
				.slice(start, start + ROWS_A_CHUNK)
				.map((row) => ids.map((id) => cellText(row[id] ?? null)))
		);
}

function lines(records: readonly (readonly string[])[]): string {
	return stringify(
		records.map((record) => [...record]),
		{ record_delimiter: 'windows' }
	);
}

function cellText(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return String(cell);
	const text = typeof cell === 'string' ? cell : cell.join('; ');
	return FORMULA.test(text) ? `'${text}` : text;
}

/** `byline_<site>_<report>_<from>_<to>.csv` */
export function csvFileName({ report, query }: Pick<ReportResult, 'report' | 'query'>): string {
	return `byline_${query.site}_${report}_${query.from}_${query.to}.csv`;
}
