import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';
import { LIVE } from '#lib/live.ts';

/** Loads the live figures again, after a navigation under way: in SvelteKit the later of the two wins. */
export async function refreshScreen(): Promise<void> {
	await navigating.complete;
	await invalidate(LIVE);
}
