import type { Filter, Site } from '#analytics';
import { followTexts } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';

/**
 * Author names that were chosen once, as the site calls them now: a role, a key or a link goes on to mean the same
 * authors when they are renamed or merged, and when that is undone. What was chosen is kept as it was written.
 */
export function authorsNow(site: Site, authors: readonly string[]): readonly string[] {
	const chosen: Filter = { dimension: 'author', operator: 'is', values: authors };
	return engine()
		.identity.follow(site)([chosen])
		.flatMap(({ values }) => values);
}

/** The same of filters as the query string writes them; what is no filter stays as it is. */
export function filtersNow(site: Site, filters: readonly string[]): readonly string[] {
	return followTexts(engine().identity.follow(site), filters);
}
