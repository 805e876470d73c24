import type { Site } from '#analytics';
import { parseSiteInput } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { record } from './record.ts';

/** Adds a site. @throws Failure `bad_argument` */
export function addSite(domain: string, zone: string): Site {
	const given = parseSiteInput(domain, zone);
	const site = engine().addSite(given.domain, given.zone);
	record('site_added', { site, detail: { domain: site.domain } });
	return site;
}
