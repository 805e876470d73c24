import { importedTable, type DimensionId, type ImportedSpan, type ResolvedQuery } from '#analytics';

/** What the rows of a report are of, as far as other tools have counted by it. */
const KEYS: Readonly<Record<string, readonly DimensionId[]>> = {
	overview: [],
	posts: ['post'],
	pages: ['page'],
	topics: ['topic'],
	authors: ['author'],
	sources: ['source'],
	countries: ['country'],
	devices: ['device'],
	browsers: ['browser'],
	os: ['os']
};

/** Tools whose figures are part of a report under the filters of a query, if any are. */
export function importedTools(
	report: string,
	{ by, filters }: Pick<ResolvedQuery, 'by' | 'filters'>,
	{ tables }: Pick<ImportedSpan, 'tables'>
): readonly string[] {
	const keys = KEYS[report];
	const table = keys && importedTable({ by: by ?? keys, filters });
	return (table && tables[table]) ?? [];
}
