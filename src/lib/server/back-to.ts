import { sitePath } from '#lib/links.ts';

/** The screen of a site that `to` names, path and query; the overview where it names none. */
export function backTo(to: string | null, site: string, url: URL): URL {
	const home = sitePath(site);
	const wanted = URL.canParse(to ?? '', url) ? new URL(to ?? '', url) : url;
	const isBelow = wanted.pathname === home || wanted.pathname.startsWith(`${home}/`);
	// A path with two slashes before it is another host's.
	return to?.startsWith('/') === true && wanted.origin === url.origin && isBelow
		? wanted
		: new URL(home, url);
}
