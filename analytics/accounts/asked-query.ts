/** A query string as the log keeps it, to be read: without the site, which a guest's has the secret of a link in place of. */
export function askedQuery(params: URLSearchParams): string {
	return [...params]
		.filter(([name]) => name !== 'site')
		.map(([name, value]) => `${name}=${value}`)
		.join('&');
}
