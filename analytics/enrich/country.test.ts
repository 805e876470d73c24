import { expect, it } from 'vitest';
import { openCountries } from './country.ts';

const countries = openCountries();

it.each([
	['8.8.8.8', 'US'],
	['83.149.9.216', 'RU'],
	['::ffff:8.8.8.8', 'US'],
	['2001:4860:4860::8888', 'US']
])('%s is in %s', (ip, country) => {
	expect(countries.lookup(ip)).toBe(country);
});

it.each([
	...['10.0.0.1', '127.0.0.1', '172.16.0.1', '192.168.1.1', '169.254.1.1', '100.64.0.1', '0.0.0.0'],
	...['255.255.255.255', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fd00::1', '::ffff:10.0.0.1'],
	...['', 'localhost', '1.2.3', '8.8.8.8:80', '999.1.1.1', '0x8.8.8.8', '8.8.8.8\u0000']
])('%j is in no country', (ip) => {
	expect(countries.lookup(ip)).toBeUndefined();
});
