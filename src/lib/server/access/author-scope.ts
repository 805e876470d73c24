import type { Scope, Site } from '#analytics';
import { engine } from '#lib/server/open-engine.ts';
import { authorsNow } from './names-now.ts';

/** What whoever writes under some names sees of a site: these posts, and the typical band where the site lets them. */
export function authorScope(site: Site, authors: readonly string[]): Scope {
	const band = engine().registry.authorBand().get(site.id) !== 'hide';
	return { authors: authorsNow(site, authors), filters: [], band };
}
