import { dev } from '$app/environment';
import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** A page for developers: a build leaves it out. */
export const load: PageLoad = async () => {
	if (dev) return { Showcase: (await import('#lib/design/Showcase.svelte')).default };
	return error(404, 'There is no such page.');
};
