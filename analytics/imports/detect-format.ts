import { systemCode } from '../failure.ts';
import { csvRecords } from './csv-records.ts';
import { FIGURE_TABLES, type FigureTable } from './figure-tables.ts';
import { bytesOf, openImportFile, type ImportFile } from './import-file.ts';
import { detectLog, LOOKED_AT } from './log-formats.ts';
import { VISIT_CSVS } from './visit-csvs.ts';
import { openZipParts } from './zip-entries.ts';

const LOOKED_AT_BYTES = 1 << 20;

/**
 * Names of formats that a file can be of by its beginning, the likeliest first; none where nothing reads it.
 * @throws Failure `bad_file` where it cannot be opened.
 */
export async function detectFormats(path: string): Promise<readonly string[]> {
	const file = await openImportFile(path);
	const beginning = await beginningOf(file);
	if (beginning.subarray(0, 2).toString() === 'PK') return zipFormats(path);
	const text = beginning.toString('utf8');
	if (isLog(path, text)) return ['access-log'];
	return csvFormats(path, beginning);
}

async function beginningOf(file: ImportFile): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let size = 0;
	for await (const { bytes } of bytesOf(file)) {
		pieces.push(bytes);
		size += bytes.length;
		if (size >= LOOKED_AT_BYTES) break;
	}
	return Buffer.concat(pieces);
}

async function zipFormats(path: string): Promise<readonly string[]> {
	const zip = await openZipParts(path);
	try {
		const names = zip.parts.map(({ name }) => name.split('/').at(-1) ?? '');
		return names.some((name) => name.startsWith('imported_')) ? ['plausible'] : [];
	} finally {
		zip.close();
	}
}

function isLog(path: string, text: string): boolean {
	const lines = text.split('\n', LOOKED_AT).map((line) => line.replace(/\r$/, ''));
	try {
		detectLog('access-log', path, lines);
		return true;
	} catch (thrown) {
		if (systemCode(thrown) !== 'bad_file') throw thrown;
		return false;
	}
}

async function csvFormats(path: string, beginning: Buffer): Promise<readonly string[]> {
	const columns = await headerOf(path, beginning);
	if (columns === null) return [];
	const has = (names: readonly string[]): boolean =>
		names.length === 0 || names.some((name) => columns.has(name));
	const fits = (table: FigureTable): boolean =>
		has(table.value) &&
		(table.isWithoutDays === true || has(table.day)) &&
		Object.values(table.metrics).every(has);
	return [
		...Object.entries(VISIT_CSVS)
			.filter(([, csv]) => csv.columns.every((column) => columns.has(column)))
			.map(([name]) => name),
		...Object.entries<readonly FigureTable[]>(FIGURE_TABLES)
			.filter(([, tables]) => tables.some(fits))
			.map(([name]) => name)
	];
}

async function headerOf(path: string, beginning: Buffer): Promise<ReadonlySet<string> | null> {
	async function* bytes(): AsyncGenerator<Buffer> {
		yield await Promise.resolve(beginning);
	}
	try {
		const first = await csvRecords(path, bytes())[Symbol.asyncIterator]().next();
		return first.done === true ? null : new Set(first.value.values.keys());
	} catch (thrown) {
		if (systemCode(thrown) !== 'bad_file') throw thrown;
		return null;
	}
}
