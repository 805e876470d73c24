import { error } from '@sveltejs/kit';
import { accountOf } from '#lib/server/access/account-of.ts';
import type { Ability } from '#lib/server/access/abilities.ts';
import { filtersNow } from '#lib/server/access/names-now.ts';
import { siteOf } from '#lib/server/screen.ts';
import { isReadOnly, reports, segmentsOf } from '#lib/server/engine.ts';
import { filterTexts } from '#lib/server/filter-texts.ts';
import { SCREENS } from '#lib/screens.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ params, url, locals }) => {
	if (locals.refused) error(locals.refused.status, locals.refused.message);
	const site = siteOf(params.site);
	const { guest, accessTo } = locals.viewer;
	const can = (ability: Ability): boolean => accessTo(site)?.can(ability) === true;
	const isShownTo = (screen: string): boolean => {
		if (screen === 'settings') return can('settings');
		return guest === undefined || guest.link.screen === null || guest.link.screen === screen;
	};
	return {
		site: { domain: site.domain, zone: site.zone, key: params.site },
		domains: reports()
			.sites()
			.map(({ domain }) => domain),
		filterTexts: await filterTexts(site, url.searchParams.getAll('filter')),
		segments: guest === undefined ? segmentsOf(site) : [],
		canSave: !isReadOnly() && can('segments'),
		canSaveOwn: !isReadOnly() && can('own_segments'),
		screens: SCREENS.filter(({ id }) => isShownTo(id)).map(({ id }) => id),
		/** Those of a link, which nobody takes away. */
		fixed: guest === undefined ? [] : await filterTexts(site, filtersNow(site, guest.link.filters)),
		// A link to one screen has no others to look for values in.
		canSearch: guest === undefined || guest.link.screen === null,
		onlyScreen: guest?.link.screen ?? null,
		isAuthor: accessTo(site)?.role === 'author',
		...accountOf(site)
	};
};
