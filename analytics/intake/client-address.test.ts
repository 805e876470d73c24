import { expect, test } from 'vitest';
import {
	clientAddress,
	parseTrustedProxies,
	subscriberOf,
	type TrustedProxies
} from './client-address.ts';

function trusted(text: string): TrustedProxies {
	const parsed = parseTrustedProxies(text);
	if (parsed === null) throw new TypeError(text);
	return parsed;
}

test.each([
	['', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
	['loopback', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
	['loopback', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
	['loopback', '127.0.0.1', 'evil, 198.51.100.1', '198.51.100.1'],
	['loopback', '127.0.0.1', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
	['loopback,198.51.100.0/24', '127.0.0.1', '1.2.3.4, 198.51.100.1', '1.2.3.4'],
	['private', '10.1.2.3', '2001:db8::1', '2001:db8::1'],
	['private', '10.1.2.3', '[2001:db8::1]:4711', '2001:db8::1'],
	['private', '10.1.2.3', undefined, '10.1.2.3'],
	['private', '10.1.2.3', 'not an address', '10.1.2.3'],
	['2001:db8::/32', '2001:db8::5', '192.0.2.1:80', '192.0.2.1']
])('trusting "%s", %s forwarding for %s is %s', (list, peer, forwardedFor, client) => {
	expect(clientAddress(peer, forwardedFor, trusted(list))).toBe(client);
});

test.each(['nonsense', '10.0.0.0/99', '10.0.0.1, x'])('"%s" is refused', (text) => {
	expect(parseTrustedProxies(text)).toBeNull();
});

test('IPv6 is cut to its /64, IPv4 is not', () => {
	expect(subscriberOf('2001:db8:1:2:3:4:5:6')).toBe(subscriberOf('2001:db8:1:2::1'));
	expect(subscriberOf('2001:db8:1:2::1')).not.toBe(subscriberOf('2001:db8:1:3::1'));
	expect(subscriberOf('203.0.113.9')).toBe('203.0.113.9');
});
