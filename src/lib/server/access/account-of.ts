import type { Site } from '#analytics';
import { ABILITIES } from './abilities.ts';
import { viewer } from './viewer.ts';

/** What the frame of a site's screens needs to know of whoever looks. */
export function accountOf(site: Site) {
	const { person, ownsAll, accessTo } = viewer();
	const access = accessTo(site);
	return {
		person: person === null ? null : { name: person.name, ownsAll },
		abilities: ABILITIES.filter((ability) => access?.can(ability) === true)
	};
}
