import { plainName } from '../plain-name.ts';

/** A query string as the log keeps it, to be read: without the site, which a guest's has the secret of a link in place of. */
export function askedQuery(params: URLSearchParams): string {
	const asked = [...params].filter(([name]) => name !== 'site');
	return plainName(asked.map(([name, value]) => `${name}=${value}`).join('&'));
}
