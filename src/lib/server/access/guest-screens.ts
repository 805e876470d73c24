import type { RequestEvent } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { isShared } from '#lib/share-screens.ts';

type Asked = Pick<RequestEvent, 'route' | 'params' | 'locals'>;

/** Whether a guest's link shows another screen than the one asked for. */
export function isHiddenFromGuest({ route, params, locals }: Asked): boolean {
	const { guest } = locals.viewer;
	if (guest === undefined) return false;
	const { screen } = guest.link;
	return screen !== null && !isShared(screen, route.id ?? '', params);
}

/** Where the bare address of a link leads that shows one screen; null for another address. */
export function beyondLink(event: Asked): string | null {
	const { guest } = event.locals.viewer;
	if (guest === undefined || event.route.id !== '/[site]' || !isHiddenFromGuest(event)) return null;
	return sitePath(guest.key, ...(guest.link.screen ?? '').split('/'));
}
