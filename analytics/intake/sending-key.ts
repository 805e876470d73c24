import { readAddress } from './client-address.ts';

/** The token of an `Authorization: Bearer` header; null where it says something else. */
export function bearerOf(authorization: string): string | null {
	return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

/**
 * The reader whom the bearer of a key names: the first address of `X-Forwarded-For`, since proxies on the way only add
 * to its end. Null where there is none.
 */
export function namedReader(forwardedFor: string | string[] | undefined): string | null {
	const first = [forwardedFor ?? []].flat().join(',').split(',', 1)[0];
	return first === undefined ? null : readAddress(first.trim());
}
