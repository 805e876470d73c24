import { page } from '$app/state';
import { sitePath } from '#lib/links.ts';
import { isSharedPath } from '#lib/share-screens.ts';

/**
 * An address below the site, where whoever looks may open it. Undefined for the guest of a link to one screen where
 * it is another: what it is the link of stands there as text.
 */
export function openHref(href: string): string | undefined {
	const screen = page.data.onlyScreen ?? null;
	if (screen === null) return href;
	const home = sitePath(page.params.site ?? '');
	const below = new URL(href, page.url).pathname.slice(home.length + 1);
	return isSharedPath(screen, below) ? href : undefined;
}
