/** A path of this server that somebody wanted to see, or `/`: never another host's. */
export function safePath(wanted: string | null, url: URL): string {
	const to = wanted ?? '';
	if (!to.startsWith('/') || !URL.canParse(to, url)) return '/';
	const parsed = new URL(to, url);
	// Without its dots, /a/..//evil.example is //evil.example: another host once more.
	const isOwn = parsed.origin === url.origin && !parsed.pathname.startsWith('//');
	return isOwn ? `${parsed.pathname}${parsed.search}` : '/';
}
