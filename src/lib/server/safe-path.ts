/** A path of this server that somebody wanted to see, or `/`: never another host's. */
export function safePath(wanted: string | null, url: URL): string {
	const to = wanted ?? '';
	if (!to.startsWith('/') || !URL.canParse(to, url)) return '/';
	const parsed = new URL(to, url);
	return parsed.origin === url.origin ? `${parsed.pathname}${parsed.search}` : '/';
}
