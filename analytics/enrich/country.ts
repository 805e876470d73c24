import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ipaddr from 'ipaddr.js';
import { Reader, type CountryResponse } from 'mmdb-lib';
import { openBoundedCache } from './bounded-cache.ts';

/** Countries by address, from the data that ships with the package. */
export interface Countries {
	/** ISO 3166-1 alpha-2; undefined for private, reserved, unknown and malformed addresses. */
	readonly lookup: (ip: string) => string | undefined;
}

const DATABASE = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';

/** A reader sends several events a visit. */
const countries = openBoundedCache<string>(4096);

let opened: Reader<CountryResponse> | undefined;

/** The file is read at the first lookup and kept; addresses only for the moment that a reader's next events take. */
export function openCountries(): Countries {
	return { lookup: (ip) => countries.get(ip, find) || undefined };
}

/** Empty where it is not known. */
function find(ip: string): string {
	const address = publicAddress(ip);
	if (address === undefined) return '';
	opened ??= new Reader<CountryResponse>(
		readFileSync(createRequire(import.meta.url).resolve(DATABASE))
	);
	return countryCode(opened.get(address)) ?? '';
}

/** This data set holds flat records, unlike those that the reader's types describe. */
function countryCode(record: object | null): string | undefined {
	if (record === null || !('country_code' in record)) return undefined;
	const code = record.country_code;
	return typeof code === 'string' && /^[A-Z]{2}$/.test(code) && code !== 'ZZ' ? code : undefined;
}

/** The data holds a few ranges that are no one's, so only addresses of the public internet are looked up. */
function publicAddress(ip: string): string | undefined {
	if (!ipaddr.IPv4.isValidFourPartDecimal(ip) && !ipaddr.IPv6.isValid(ip)) return undefined;
	const address = ipaddr.process(ip);
	return address.range() === 'unicast' ? address.toString() : undefined;
}
