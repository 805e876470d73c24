import { isWholeSite, type Reports, type ScopeOf, type Segment, type Site } from '#analytics';
import type { Live, SiteDrops } from '#analytics/server';
import { siteFor } from '#lib/server/access/site-for.ts';
import { viewer } from '#lib/server/access/viewer.ts';
import { engine } from '#lib/server/open-engine.ts';

export { engine, isReadOnly } from '#lib/server/open-engine.ts';

/** What of a site whoever asks may see; null where there is no such site for them. */
function ownView(): ScopeOf {
	const { accessTo } = viewer();
	return (site) => accessTo(site)?.scope ?? null;
}

/** The reports as whoever asks may see them. */
export function reports(): Reports {
	const asked = viewer();
	const view = engine().reports.within(ownView());
	return asked.guest === undefined ? view : { ...view, site: (name) => siteFor(asked, name) };
}

/** How sites stand, as whoever asks may see it. */
export function live(): Pick<Live, 'listen'> {
	return engine().live.within(ownView());
}

/** What was not counted in the last seven days. */
export function siteDrops(site: Site): SiteDrops {
	return engine().drops(site);
}

/**
 * Named sets of filters: one's own and those for everybody. Their names and values are of the whole site, so that
 * whoever sees less of it has one's own alone.
 */
export function segmentsOf(site: Site): readonly Segment[] {
	const { accessTo, person } = viewer();
	const scope = accessTo(site)?.scope;
	if (scope === undefined) return [];
	const all = engine().segments.list(site, person?.id ?? null);
	return isWholeSite(scope) ? all : all.filter(({ shared }) => !shared);
}
