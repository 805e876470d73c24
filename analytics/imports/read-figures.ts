import { basename } from 'node:path';
import { Failure, messageOf } from '../failure.ts';
import { keysOf } from '../keys-of.ts';
import type { ImportedFigures } from '../stores/import-store.ts';
import { csvRecords, type CsvRecord } from './csv-records.ts';
import type { ImportSkip } from './event-source.ts';
import type { FigureMetric, FigureTable } from './figure-tables.ts';
import { figureValue } from './figure-value.ts';
import { bytesOnly, isZip, type ImportFile } from './import-file.ts';
import type { ImportSummary } from './read-events.ts';
import { openZipParts } from './zip-entries.ts';

const ROWS_A_CHUNK = 5_000;

interface Reading {
	readonly files: readonly ImportFile[];
	readonly tables: readonly FigureTable[];
	/** Query parameters that are part of a page. */
	readonly keepParams: readonly string[];
	readonly onPage: (path: string) => void;
}

/** What hears of lines as they are read, and of what is left out. */
interface Hearing {
	readonly line: () => void;
	readonly skip: (reason: ImportSkip) => void;
}

/**
 * Figures of CSV files, or of a ZIP file of them, in chunks. A line that cannot be read ends it: a sum that lacks a day
 * is wrong.
 * @throws Failure `bad_file` with the line's number.
 */
export async function* readFigures(
	{ files, tables, keepParams, onPage }: Reading,
	summary: ImportSummary
): AsyncGenerator<readonly ImportedFigures[]> {
	for (const file of files) {
		let found = 0;
		const on: Hearing = {
			line: () => (summary.lines += 1),
			skip: (reason) => (summary.skipped[reason] = (summary.skipped[reason] ?? 0) + 1)
		};
		for await (const rows of tablesOf(file, tables, keepParams, on)) {
			for (const row of rows) {
				summary.events += 1;
				if (row.dimension === 'page') onPage(row.value);
				if (row.dimension === pageViewsBy(tables)) summary.pageViews += row.page_views ?? 0;
				if (row.day !== null) {
					if (summary.from === null || row.day < summary.from) summary.from = row.day;
					if (summary.to === null || row.day > summary.to) summary.to = row.day;
				}
			}
			found += rows.length;
			yield rows;
		}
		if (found === 0)
			throw new Failure('bad_file', `${file.path}:1: nothing in this file is a table of figures.`);
	}
}

/** Sums of a site stand in a table of their own, or are those of its pages. */
function pageViewsBy(tables: readonly FigureTable[]): string {
	return tables.some(({ dimension }) => dimension === 'site') ? 'site' : 'page';
}

async function* tablesOf(
	file: ImportFile,
	tables: readonly FigureTable[],
	keepParams: readonly string[],
	on: Hearing
): AsyncGenerator<readonly ImportedFigures[]> {
	if (!(await isZip(file))) {
		yield* rowsOf(file.path, fitting(tables, basename(file.path)), keepParams, bytesOnly(file), on);
		return;
	}
	const zip = await openZipParts(file.path);
	try {
		for (const part of zip.parts) {
			const own = tables.filter((table) => isNamed(table, part.name));
			if (own.length === 0) on.skip('other_table');
			else yield* rowsOf(`${file.path}/${part.name}`, own, keepParams, await part.bytes(), on);
		}
	} catch (thrown) {
		if (thrown instanceof Failure) throw thrown;
		throw new Failure('bad_file', `${file.path} cannot be read to its end: ${messageOf(thrown)}.`);
	} finally {
		zip.close();
	}
}

function isNamed({ file }: FigureTable, name: string): boolean {
	return file === undefined || basename(name).startsWith(file);
}

function fitting(tables: readonly FigureTable[], name: string): readonly FigureTable[] {
	const named = tables.filter((table) => isNamed(table, name));
	return named.length > 0 ? named : tables;
}

async function* rowsOf(
	name: string,
	tables: readonly FigureTable[],
	keepParams: readonly string[],
	bytes: AsyncIterable<Buffer>,
	on: Hearing
): AsyncGenerator<readonly ImportedFigures[]> {
	const headless = tables.find((table) => table.headless !== undefined)?.headless;
	let found: readonly FigureTable[] | undefined;
	let sums = new Map<string, ImportedFigures>();
	for await (const record of csvRecords(name, bytes, headless)) {
		on.line();
		found ??= tablesIn(name, tables, record);
		for (const table of found) {
			const { column = '', values = [] } = table.leftOut ?? {};
			if (values.includes(record.values.get(column) ?? '')) {
				on.skip('no_public_page');
				continue;
			}
			const row = figuresOf(name, table, record, keepParams);
			const key = `${row.dimension} ${row.day ?? ''} ${row.value}`;
			const before = sums.get(key);
			sums.set(key, before === undefined ? row : added(before, row));
		}
		// Rows of a day stand together; what is added up later is so by whoever reads.
		if (sums.size < ROWS_A_CHUNK) continue;
		yield [...sums.values()];
		sums = new Map();
	}
	yield [...sums.values()];
}

/** A file that is told by its name may hold several dimensions, each a table of its own; another is one table. */
function tablesIn(
	name: string,
	tables: readonly FigureTable[],
	{ values }: CsvRecord
): readonly FigureTable[] {
	const has = (columns: readonly string[]): boolean =>
		columns.length === 0 || columns.some((column) => values.has(column));
	const found = tables.filter(
		(table) =>
			has(table.value) &&
			(table.isWithoutDays === true || has(table.day)) &&
			Object.values(table.metrics).every(has)
	);
	if (found.length > 0) return found[0]?.file === undefined ? found.slice(0, 1) : found;
	const wanted = tables.map((table) =>
		[
			...(table.isWithoutDays === true ? [] : table.day.slice(0, 1)),
			...table.value.slice(0, 1),
			...Object.values(table.metrics).flatMap((columns) => columns.slice(0, 1))
		].join(', ')
	);
	throw new Failure(
		'bad_file',
		`${name}:1: the header is "${[...values.keys()].join(', ').slice(0, 200)}", but must have the columns ${wanted.join(' or ')}.`
	);
}

function figuresOf(
	name: string,
	table: FigureTable,
	{ values, line }: CsvRecord,
	keepParams: readonly string[]
): ImportedFigures {
	const cell = (columns: readonly string[] = []): string | undefined => {
		const column = columns.find((each) => values.has(each));
		return column === undefined ? undefined : values.get(column);
	};
	const numbers: Partial<Record<FigureMetric, number>> = {};
	const columns = { ...table.optional, ...table.metrics };
	for (const metric of keysOf(columns)) {
		const given = cell(columns[metric]);
		if (given === undefined || given === '') continue;
		const number = Number(given.replace(/(?<=\d)[,\u00a0\u202f](?=\d{3}\b)/g, ''));
		if (!Number.isSafeInteger(number) || number < 0)
			throw new Failure('bad_file', `${name}:${line}: ${JSON.stringify(given)} is no count.`);
		numbers[metric] = number;
	}
	const value =
		table.value.map((column) => values.get(column) ?? '').find((text) => text !== '') ?? '';
	return {
		day: dayOf(name, line, table, cell(table.day)),
		dimension: table.dimension,
		value: figureValue(table.dimension, value, keepParams),
		...numbers
	};
}

/** `2026-07-09`, `20260709`, or null where the table has no days. */
function dayOf(
	name: string,
	line: number,
	table: FigureTable,
	given: string | undefined
): string | null {
	if (given === undefined && table.isWithoutDays === true) return null;
	const text = (given ?? '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
	const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
		throw new Failure('bad_file', `${name}:${line}: ${JSON.stringify(given ?? '')} is no day.`);
	return text;
}

/** Several lines of one value: hosts, versions and cities are not kept apart here. */
function added(a: ImportedFigures, b: ImportedFigures): ImportedFigures {
	const sum = (x: number | undefined, y: number | undefined): number | undefined =>
		x === undefined ? y : y === undefined ? x : x + y;
	return {
		...a,
		visitors: sum(a.visitors, b.visitors),
		visits: sum(a.visits, b.visits),
		page_views: sum(a.page_views, b.page_views),
		bounces: sum(a.bounces, b.bounces),
		visit_seconds: sum(a.visit_seconds, b.visit_seconds),
		subscribes: sum(a.subscribes, b.subscribes),
		cta_impressions: sum(a.cta_impressions, b.cta_impressions),
		cta_clicks: sum(a.cta_clicks, b.cta_clicks)
	};
}
