import type { StatsImports } from './imports.ts';
import type { StatsQueryEcho } from './parse.ts';
import type { QueryError } from '../../engine-contract.ts';

/** A row: metrics and dimensions in the order of the query. */
export interface StatsRow {
	readonly metrics: readonly (number | null)[];
	readonly dimensions: readonly string[];
}

/** What the Stats API answers. */
export interface StatsResult {
	readonly results: readonly StatsRow[];
	/** What of imports is said only where they were asked for. */
	readonly meta: Partial<StatsImports> & {
		/** Version of the definitions behind the figures. */
		readonly definitions: string;
		/** Every bucket of the range, also those without a row. */
		readonly time_labels?: readonly string[];
		/** Rows of all pages. */
		readonly total_rows?: number;
	};
	readonly query: StatsQueryEcho;
}

/** A result, or why there is none. */
export type StatsOutcome =
	| { readonly kind: 'answer'; readonly result: StatsResult }
	| { readonly kind: 'wrong'; readonly error: string; readonly errors: readonly QueryError[] }
	| { readonly kind: 'no_site' };
