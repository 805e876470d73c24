import type { Site } from '#analytics';
import { engine } from '#lib/server/open-engine.ts';
import type { Viewer } from './viewer.ts';

/** The site of a name in an address: a guest's has the link in place of the domain. It may still be one nobody may see. */
export function siteFor({ guest }: Viewer, name: string): Site | null {
	const { reports, registry } = engine();
	if (guest === undefined) return reports.site(name);
	if (name !== guest.key) return null;
	return registry.sites().find(({ id }) => id === guest.link.site) ?? null;
}
