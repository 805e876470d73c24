const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const OWN = new Set(['same-origin', 'none']);

/**
 * Whether a page of another origin sent a request that may change something. A browser says so in a header that no page
 * can set; one that is older names the origin. A program sends neither, and no session comes with it by itself.
 *
 * SvelteKit refuses forms of other origins; a request without any content type is none to it, yet needs no leave of
 * this server either.
 */
export function isForeign({ method, headers, url }: Request): boolean {
	if (SAFE.has(method)) return false;
	const site = headers.get('sec-fetch-site');
	if (site !== null) return !OWN.has(site);
	const origin = headers.get('origin');
	if (origin === null) return false;
	return !URL.canParse(origin) || new URL(origin).host !== new URL(url).host;
}
