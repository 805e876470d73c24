import type { DimensionId } from '../dimensions.ts';

/** A table of another tool's figures: of the whole site, of its pages, of its sources, or of one other dimension. */
export type ImportedTable = 'whole' | 'page' | 'source' | DimensionId;

interface Asked {
	readonly by: readonly DimensionId[];
	/** Those that are on one dimension. */
	readonly filters: readonly { readonly dimension: DimensionId }[];
	readonly postsOnly?: boolean | undefined;
}

/** Dimensions that follow from the pages which a tool counted. */
const OF_PAGES: readonly DimensionId[] = ['page', 'post', 'topic', 'author'];
const OF_SOURCES: readonly DimensionId[] = ['channel', 'source'];
const ALONE: readonly DimensionId[] = [
	'referrer',
	'utm_source',
	'utm_medium',
	'utm_campaign',
	'utm_content',
	'utm_term',
	'country',
	'device',
	'browser',
	'os',
	'entry_page',
	'exit_page'
];

/** Which table alone answers a question; null where two dimensions would have to be crossed, which nobody counted. */
export function importedTable({ by, filters, postsOnly }: Asked): ImportedTable | null {
	const dimensions = [...new Set([...by, ...filters.map(({ dimension }) => dimension)])];
	const [only] = dimensions;
	if (only === undefined) return postsOnly === true ? 'page' : 'whole';
	if (dimensions.every((each) => OF_PAGES.includes(each))) return 'page';
	if (postsOnly === true) return null;
	// Which channel a filter leaves is only known once the sources are read.
	if (filters.some(({ dimension }) => dimension === 'channel')) return null;
	if (dimensions.every((each) => OF_SOURCES.includes(each))) return 'source';
	return dimensions.length === 1 && ALONE.includes(only) ? only : null;
}
