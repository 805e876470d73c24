import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { openBoundedCache } from '../enrich/bounded-cache.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whether an address is one of the proxies that may name the client. */
export type TrustedProxies = (address: string) => boolean;

const WORDS: Readonly<Record<string, readonly string[]>> = {
	loopback: ['127.0.0.0/8', '::1/128'],
	private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10']
};

/**
 * Reads a list of addresses, CIDR ranges and the words `loopback` and `private`, separated by commas; null where one
 * is none of these.
 */
export function parseTrustedProxies(text: string): TrustedProxies | null {
	const ranges: [Address, number][] = [];
	for (const word of text.split(',').map((part) => part.trim()))
		for (const range of word === '' ? [] : (WORDS[word] ?? [word])) {
			if (ipaddr.isValidCIDR(range)) ranges.push(ipaddr.parseCIDR(range));
			else if (ipaddr.isValid(range)) {
				const address = ipaddr.process(range);
				ranges.push([address, address.kind() === 'ipv4' ? 32 : 128]);
			} else return null;
		}
	if (ranges.length === 0) return () => false;
	// The same few proxies ask all the time.
	const verdicts = openBoundedCache<'trusted' | 'other'>(1024);
	const judge = (text: string): 'trusted' | 'other' => {
		const address = parse(text);
		const isTrusted =
			address !== null &&
			ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
		return isTrusted ? 'trusted' : 'other';
	};
	return (text) => verdicts.get(text, judge) === 'trusted';
}

/**
 * The client behind a connection: the peer itself, or, as long as the address at hand is a trusted proxy, the one
 * that it names in `X-Forwarded-For`, from the right. What an untrusted address claims is not read.
 */
export function clientAddress(
	peer: string,
	forwardedFor: string | undefined,
	isTrusted: TrustedProxies
): string {
	let client = readAddress(peer) ?? peer;
	const named = forwardedFor?.split(',') ?? [];
	while (named.length > 0 && isTrusted(client)) {
		const next = readAddress(named.pop()?.trim() ?? '');
		if (next === null) break;
		client = next;
	}
	return client;
}

/**
 * What stands for an address where one subscriber should be one: IPv4 as it is, IPv6 cut to its /64, because a device
 * changes the rest as it likes.
 */
export function subscriberOf(address: string): string {
	if (!address.includes(':')) return address;
	const parsed = parse(address);
	if (parsed === null || parsed.kind() === 'ipv4') return address;
	return `${parsed
		.toByteArray()
		.slice(0, 8)
		.map((byte) => byte.toString(16).padStart(2, '0'))
		.join('')}::/64`;
}

/** One spelling per address: IPv4 inside IPv6 as IPv4, brackets, port and zone dropped; null where it is none. */
export function readAddress(text: string): string | null {
	return isIPv4(text) ? text : (parse(text)?.toString() ?? null);
}

function parse(text: string): Address | null {
	const bare = text
		.replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
		.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
		.replace(/%.*$/, '');
	return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}
