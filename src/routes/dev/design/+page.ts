import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** A page for developers. Replaced by a constant, the condition leaves all of it out of a build; `dev` of SvelteKit would not. */
export const load: PageLoad = async () => {
	if (import.meta.env.DEV)
		return { Showcase: (await import('#lib/design/Showcase.svelte')).default };
	return error(404, 'There is no such page.');
};
