import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the open internet: neither this machine, nor its networks, nor one that stands for
 * another address (translated, tunnelled) or for nobody. IPv4 inside IPv6 is judged as IPv4.
 */
export function isPublicAddress(address: string): boolean {
	if (isIP(address) === 0) return false;
	const parsed = ipaddr.process(address);
	if (parsed.range() !== 'unicast') return false;
	// The rest of IPv6 is not given out, and holds the old spelling of IPv4 as ::127.0.0.1.
	return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST);
}
