import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { parseTrustedProxies } from '../../intake/client-address.ts';

/** What may be fetched beyond public addresses of the site's own hosts. */
export interface FetchExceptions {
	readonly allowsHost: (host: string) => boolean;
	readonly allowsAddress: (address: string) => boolean;
	/** Nothing beside them may be fetched. */
	readonly isAll?: boolean;
}

interface FetchSettings {
	readonly FETCH_ALLOW: string;
	readonly FETCH_ALLOWED_ONLY: boolean;
}

export const NO_EXCEPTIONS: FetchExceptions = {
	allowsHost: () => false,
	allowsAddress: () => false
};

/** What may be fetched by the settings. */
export const fetchExceptions = ({
	FETCH_ALLOW,
	FETCH_ALLOWED_ONLY
}: FetchSettings): FetchExceptions => ({
	...(parseFetchExceptions(FETCH_ALLOW) ?? NO_EXCEPTIONS),
	isAll: FETCH_ALLOWED_ONLY
});

const HOST = /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/**
 * Reads a list of host names, addresses, CIDR ranges and the words `loopback` and `private`, separated by commas; null
 * where one is none of these. A host that is itself an address is allowed where the address is.
 */
export function parseFetchExceptions(text: string): FetchExceptions | null {
	const words = text
		.toLowerCase()
		.split(',')
		.map((word) => word.trim())
		.filter((word) => word !== '');
	const isAddress = (word: string): boolean =>
		word === 'loopback' ||
		word === 'private' ||
		isIP(word) !== 0 ||
		(word.includes('/') && ipaddr.isValidCIDR(word));
	const hosts = new Set(words.filter((word) => !isAddress(word)));
	if ([...hosts].some((host) => !HOST.test(host))) return null;
	const allowsAddress = parseTrustedProxies(words.filter(isAddress).join(','));
	if (allowsAddress === null) return null;
	return {
		allowsAddress,
		allowsHost: (host) => hosts.has(host) || (isIP(host) !== 0 && allowsAddress(host))
	};
}
