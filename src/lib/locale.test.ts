import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCALE, preferredLocale } from './locale.ts';

describe('preferredLocale', () => {
	it('takes what is liked best', () => {
		expect(preferredLocale('de-CH,de;q=0.9,en;q=0.8')).toBe('de-CH');
		expect(preferredLocale('en;q=0.3, ja;q=0.7')).toBe('ja');
		expect(preferredLocale('fr;q=0, ar')).toBe('ar');
	});

	it('passes over what no one writes', () => {
		expect(preferredLocale('*')).toBe(DEFAULT_LOCALE);
		expect(preferredLocale('')).toBe(DEFAULT_LOCALE);
		expect(preferredLocale(null)).toBe(DEFAULT_LOCALE);
		expect(preferredLocale('x y z, "><script>, tlh, nl')).toBe('nl');
		expect(preferredLocale(','.repeat(5_000))).toBe(DEFAULT_LOCALE);
	});

	it('keeps one calendar and one set of digits', () => {
		expect(preferredLocale('th-TH-u-ca-buddhist-nu-thai')).toBe('th-TH');
	});
});
