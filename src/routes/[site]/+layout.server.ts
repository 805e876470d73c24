import { error } from '@sveltejs/kit';
import { siteOf } from '#lib/server/screen.ts';
import { isReadOnly, reports, segments } from '#lib/server/engine.ts';
import { filterTexts } from '#lib/server/filter-texts.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ params, url, locals }) => {
	if (locals.refused) error(locals.refused.status, locals.refused.message);
	const site = siteOf(params.site);
	return {
		site: { domain: site.domain, zone: site.zone },
		domains: reports()
			.sites()
			.map(({ domain }) => domain),
		filterTexts: await filterTexts(site, url.searchParams.getAll('filter')),
		segments: segments().list(site),
		canSave: !isReadOnly()
	};
};
