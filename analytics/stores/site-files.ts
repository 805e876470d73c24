import type { Fact } from './schema.ts';

/** What of a site can be written to a file. */
export type SiteTable =
	'events' | 'event_ids' | 'visitor_ids' | 'page_view_ids' | 'imports' | 'imported' | Fact;

/** The tables that, with the registry, are all of a site: everything else follows from them. */
export const WHOLE_SITE = [
	'events',
	'event_ids',
	'visitor_ids',
	'page_view_ids',
	'imports',
	'imported'
] as const;

/** A site's tables as files, written and read by the store itself. */
export interface SiteFiles {
	/** Writes a table's rows of a site, in the order in which they came. Returns their number. */
	readonly write: (
		site: number,
		table: SiteTable,
		file: string,
		format: 'csv' | 'parquet'
	) => Promise<number>;
	/**
	 * Reads Parquet files of `WHOLE_SITE`, named as the tables, into a site that has nothing yet. Its days wait to be
	 * derived.
	 * @throws Failure `bad_file` where they do not fit.
	 */
	readonly read: (site: number, folder: string) => Promise<void>;
}
