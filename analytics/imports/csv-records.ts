import { parse, CsvError } from 'csv-parse';
import { Readable } from 'node:stream';
import { Failure, messageOf } from '../failure.ts';

/** Longest record: what is longer is no CSV, or lacks a closing quote. */
const MAX_RECORD = 256 * 1024;
/** Behind the values of a line in which Google Analytics adds up the others. */
const GRAND_TOTAL = 'Grand total';
const SEPARATORS = [',', ';', '\t'] as const;

export interface CsvRecord {
	/** Line in the file on which the record ends. */
	readonly line: number;
	/** Values by the name of their column, both trimmed; names in lower case. */
	readonly values: ReadonlyMap<string, string>;
}

/**
 * Records of a CSV file with a header: comma, semicolon or tab, any line ends, with or without a byte order mark. Lines
 * before the header that begin with `#` are notes, and a line that calls itself the grand total is none. `headless`
 * names the columns of a file whose first line has a number where they have the second one.
 * @throws Failure `bad_file` with the line's number.
 */
export async function* csvRecords(
	name: string,
	bytes: AsyncIterable<Buffer>,
	headless?: readonly string[]
): AsyncGenerator<CsvRecord> {
	const { text, separator } = await beginningOf(name, bytes);
	const parser = parse({
		delimiter: separator,
		bom: true,
		comment: '#',
		comment_no_infix: true,
		info: true,
		record_delimiter: ['\r\n', '\n', '\r'],
		max_record_size: MAX_RECORD,
		skip_empty_lines: true,
		relax_column_count: true,
		trim: true
	});
	const source = Readable.from(text, { objectMode: false });
	source.on('error', (error) => parser.destroy(error));
	source.pipe(parser);
	let header: readonly string[] | null = null;
	try {
		for await (const entry of parser as AsyncIterable<{
			readonly record: readonly string[];
			readonly info: { readonly lines: number };
		}>) {
			const { record, info } = entry;
			if (header === null) {
				const isHeadless = headless !== undefined && /^\d+$/.test(record[1] ?? '');
				header = isHeadless ? headless : record.map((column) => column.toLowerCase());
				if (!isHeadless) continue;
			}
			if (record.at(-1) === GRAND_TOTAL) continue;
			if (record.length > header.length)
				throw new Failure(
					'bad_file',
					`${name}:${info.lines}: ${record.length} values where the header names ${header.length} columns.`
				);
			const names = header;
			yield {
				line: info.lines,
				values: new Map(record.map((value, at) => [names[at] ?? '', value]))
			};
		}
	} catch (thrown) {
		throw thrown instanceof CsvError ? refused(name, thrown) : thrown;
	} finally {
		source.destroy();
		parser.destroy();
	}
	if (header === null) throw new Failure('bad_file', `${name}:1: there is no header.`);
}

function refused(name: string, error: CsvError): Failure {
	const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
	const reason =
		error.code === 'CSV_MAX_RECORD_SIZE'
			? 'a record is longer than 256 kB, or a quote is not closed'
			: error.code === 'CSV_QUOTE_NOT_CLOSED'
				? 'a quote is not closed'
				: messageOf(error);
	return new Failure('bad_file', `${name}:${line}: this is no CSV: ${reason}.`);
}

/** The separator that the header has most of, and the file again from its start. */
async function beginningOf(
	name: string,
	bytes: AsyncIterable<Buffer>
): Promise<{ readonly text: AsyncIterable<Buffer>; readonly separator: string }> {
	const iterator = bytes[Symbol.asyncIterator]();
	const first = await iterator.next();
	if (first.done === true) throw new Failure('bad_file', `${name} is empty.`);
	if (first.value.includes(0))
		throw new Failure('bad_file', `${name}:1: this is no text, but a binary file.`);
	const header =
		first.value
			.toString('utf8')
			.split(/\r\n|\n|\r/)
			.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '';
	const count = (separator: string): number => header.split(separator).length;
	const [separator = ','] = [...SEPARATORS].sort((a, b) => count(b) - count(a));
	async function* again(): AsyncGenerator<Buffer> {
		try {
			yield first.value;
			for (;;) {
				const next = await iterator.next();
				if (next.done === true) return;
				yield next.value;
			}
		} finally {
			await iterator.return?.();
		}
	}
	return { text: again(), separator };
}
