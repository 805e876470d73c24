import { siteOf } from '#lib/server/screen.ts';
import { reports } from '#lib/server/engine.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ params }) => {
	const { domain, zone } = siteOf(params.site);
	return {
		site: { domain, zone },
		domains: reports()
			.sites()
			.map((site) => site.domain)
	};
};
