import { importedTable, type DimensionId, type ResolvedQuery } from '#analytics';

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

/** Whether figures of other tools are part of a report under the filters of a query. */
export function hasImported(report: string, { by, filters }: ResolvedQuery): boolean {
	const keys = KEYS[report];
	return keys !== undefined && importedTable({ by: by ?? keys, filters }) !== null;
}
