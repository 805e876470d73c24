import { Readable } from 'node:stream';
import { Failure } from '../failure.ts';
import { csvRecords } from '../imports/csv-records.ts';
import { parseDate } from './sources/parse-date.ts';

/** Names under which a column is known, the one of JSON first. */
const COLUMNS = {
	path: ['path', 'url', 'link', 'address', 'permalink'],
	title: ['title', 'headline'],
	authors: ['authors', 'author'],
	topics: ['topics', 'topic', 'tags', 'categories'],
	published_at: ['published_at', 'published', 'date', 'publish date'],
	word_count: ['word_count', 'words', 'word count'],
	comment_count: ['comment_count', 'comments', 'comment count'],
	former_paths: ['former_paths', 'former paths', 'redirects']
} as const;

type Column = keyof typeof COLUMNS;

/** A record of a catalogue in CSV, as the JSON file would have it, and the line it ends on. */
export interface CatalogueRecord {
	readonly line: number;
	readonly entry: Readonly<Record<string, unknown>>;
}

/**
 * Reads posts from CSV: comma, semicolon or tab, with or without a byte order mark, several values in a cell separated
 * by `;`. Where the separator is itself `;`, such a cell is quoted.
 * @throws Failure `bad_file` with the line's number.
 */
export async function readCatalogueCsv(
	name: string,
	bytes: Buffer,
	zone: string
): Promise<readonly CatalogueRecord[]> {
	const found: CatalogueRecord[] = [];
	for await (const { line, values } of csvRecords(name, Readable.from([bytes]))) {
		const cell = (column: Column): string =>
			COLUMNS[column].map((known) => values.get(known)).find((text) => text !== undefined) ?? '';
		const wrong = (column: Column, allowed: string): never => {
			throw new Failure(
				'bad_file',
				`${name}:${line}: ${column} is "${cell(column)}", but must be ${allowed}.`
			);
		};
		if (found.length === 0 && !COLUMNS.path.some((known) => values.has(known)))
			throw new Failure(
				'bad_file',
				`${name}:1: no column is named path; the columns are ${[...values.keys()].join(', ')}.`
			);
		if (cell('path') === '') wrong('path', 'a path or an address');
		const count = (column: Column): number | null => {
			const text = cell(column);
			if (text === '') return null;
			return /^\d{1,9}$/.test(text) ? Number(text) : wrong(column, 'a whole number');
		};
		const published = cell('published_at');
		const at = published === '' ? null : parseDate(published, zone);
		if (published !== '' && at === null) wrong('published_at', 'a date');
		found.push({
			line,
			entry: {
				path: cell('path'),
				title: cell('title'),
				authors: listOf(cell('authors')),
				topics: listOf(cell('topics')),
				published_at: at === null ? null : new Date(at).toISOString(),
				word_count: count('word_count'),
				comment_count: count('comment_count'),
				former_paths: listOf(cell('former_paths'))
			}
		});
	}
	return found;
}

function listOf(cell: string): readonly string[] {
	return cell
		.split(';')
		.map((text) => text.trim())
		.filter((text) => text !== '');
}
