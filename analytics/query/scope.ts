import type { Filter } from '../reports/result.ts';

/** What part of a site's figures somebody may see. Part of the resolved query; the compiler puts it into every fact it reads. */
export interface Scope {
	/** Author names, one of which a post must carry to be seen; null: every post, and the pages that are no post. */
	readonly authors: readonly string[] | null;
	/** Filters that hold beside the ones asked for and cannot be lifted (share links). */
	readonly filters: readonly Filter[];
	/** Whether the typical band, which other posts make, may be seen. */
	readonly band: boolean;
}

/** Everything that there is of a site. */
export const WHOLE_SITE: Scope = { authors: null, filters: [], band: true };

/** Whether nothing of a site is hidden. */
export function isWholeSite({ authors, filters, band }: Scope): boolean {
	return authors === null && filters.length === 0 && band;
}

/** What two scopes leave together. */
export function bothScopes(one: Scope, other: Scope): Scope {
	const filters = [...one.filters, ...other.filters];
	const band = one.band && other.band;
	if (one.authors === null || other.authors === null)
		return { authors: one.authors ?? other.authors, filters, band };
	// A post may carry one name for each of them.
	const also: Filter = { dimension: 'author', operator: 'is', values: other.authors };
	return { authors: one.authors, filters: [...filters, also], band };
}
