const MARK = 'share:';

/** What stands for a site in the addresses of a share link's guest. */
export function shareKey(token: string): string {
	return `${MARK}${token}`;
}

/** The token of such a text; null for a site's domain. */
export function shareToken(site: string): string | null {
	return site.startsWith(MARK) ? site.slice(MARK.length) : null;
}

/** Where a guest gives the password of a link. */
export function passwordPath(token: string): string {
	return `/share/${encodeURIComponent(token)}/password`;
}
