import type { Scope, Site } from '#analytics';
import { engine } from '#lib/server/open-engine.ts';

/** What whoever writes under some names sees of a site: these posts, and the typical band where the site lets them. */
export function authorScope({ id }: Site, authors: readonly string[]): Scope {
	return { authors, filters: [], band: engine().registry.authorBand().get(id) !== 'hide' };
}
