import { stringify } from 'csv-stringify/sync';
import type { Cell, Column, ReportResult, Row } from '../reports/result.ts';
import { PLAIN, type CsvFlavour } from './csv-flavour.ts';

/** What a spreadsheet would take for a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const ROWS_A_CHUNK = 500;

/**
 * A report as CSV by RFC 4180, in chunks of whole lines: CRLF, UTF-8, a header row of column ids, ISO 8601 dates,
 * several values in one cell joined by "; ", missing as empty. Text that a spreadsheet would run is prefixed by an
 * apostrophe.
 */
export function* reportCsv(
	{
		columns,
		rows
	}: { readonly columns: readonly Pick<Column, 'id'>[]; readonly rows: readonly Row[] },
	flavour: CsvFlavour = PLAIN
): Generator<string, undefined> {
	const ids = columns.map(({ id }) => id);
	yield `${flavour.byteOrderMark ? '\ufeff' : ''}${lines([ids], flavour)}`;
	for (let start = 0; start < rows.length; start += ROWS_A_CHUNK)
		yield lines(
			rows
				.slice(start, start + ROWS_A_CHUNK)
				.map((row) => ids.map((id) => cellText(row[id] ?? null, flavour))),
			flavour
		);
}

function lines(records: readonly (readonly string[])[], { separator }: CsvFlavour): string {
	return stringify(
		records.map((record) => [...record]),
		// By itself it quotes a line break only where it is the record delimiter.
		{ delimiter: separator, record_delimiter: 'windows', quoted_match: /[\r\n]/ }
	);
}

function cellText(cell: Cell, { decimalSign }: CsvFlavour): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return String(cell).replace('.', decimalSign);
	const text = typeof cell === 'string' ? cell : cell.join('; ');
	return FORMULA.test(text) ? `'${text}` : text;
}

/** `byline_<site>_<report>_<from>_<to>.csv` */
export function csvFileName({ report, query }: Pick<ReportResult, 'report' | 'query'>): string {
	return `byline_${query.site}_${report}_${query.from}_${query.to}.csv`;
}
