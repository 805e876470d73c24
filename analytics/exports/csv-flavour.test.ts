import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFlavour } from './csv-flavour.ts';

const parse = (search: string, acceptLanguage?: string) =>
	parseFlavour(new URLSearchParams(search), acceptLanguage);
const excel = (separator: string, decimalSign: string): object => ({
	ok: true,
	flavour: { byteOrderMark: true, separator, decimalSign }
});

test('without a flavour it is RFC 4180 for any reader', () => {
	const plain = { byteOrderMark: false, separator: ',', decimalSign: '.' };
	expect(parse('', 'de')).toEqual({ ok: true, flavour: plain });
	expect(parse('flavour=&locale=de')).toEqual({ ok: true, flavour: plain });
});

describe('for a spreadsheet', () => {
	test.each([
		['de', ';', ','],
		['de-DE', ';', ','],
		['de-CH', ',', '.'],
		['fr', ';', ','],
		['pt-BR', ';', ','],
		['sv', ';', ','],
		['en', ',', '.'],
		['en-GB', ',', '.'],
		['en-ZA', ';', ','],
		['es-MX', ',', '.'],
		['ja', ',', '.'],
		['ar-EG', ',', '.'],
		['hi-u-nu-deva', ',', '.']
	])('%s separates by %s and writes %s in numbers', (locale, separator, decimalSign) => {
		const expected = decimalSign === sign(locale) ? excel(separator, decimalSign) : null;
		expect(parse(`flavour=excel&locale=${locale}`)).toEqual(expected);
	});

	test.each([
		[undefined, ','],
		['', ','],
		['*', ','],
		['de-DE,de;q=0.9,en;q=0.8', ';'],
		['en;q=0.5, fr;q=0.7', ';'],
		['en, de;q=0.1', ','],
		['de;q=0, en', ','],
		['zz-klingon!, fr', ';'],
		['de;q=x', ',']
	])('a browser that accepts %j gets %s', (header, separator) => {
		expect(parse('flavour=excel', header)).toMatchObject({ flavour: { separator } });
	});

	test('an explicit locale comes before the browser’s', () => {
		expect(parse('flavour=excel&locale=en', 'de')).toEqual(excel(',', '.'));
	});

	test('no header breaks it', () => {
		fc.assert(
			fc.property(fc.string(), (header) => {
				expect(parse('flavour=excel', header).ok).toBe(true);
			})
		);
	});
});

test.each([
	['flavour=word', ['#/flavour']],
	['flavour=Excel', ['#/flavour']],
	['locale=xx', ['#/locale']],
	['flavour=excel&locale=not%20a%20tag', ['#/locale']],
	['flavour=calc&locale=__proto__', ['#/flavour', '#/locale']]
])('%s is refused', (search, paths) => {
	const outcome = parse(search);
	expect(outcome.ok ? [] : outcome.errors.map(({ path }) => path)).toEqual(paths);
	if (!outcome.ok)
		for (const { given, allowed, message } of outcome.errors) {
			expect(message).toContain(given);
			expect(message).toContain(allowed);
		}
});

/** What a half looks like in the locale, in Latin digits. */
function sign(locale: string): string {
	return (0.5).toLocaleString(locale, { numberingSystem: 'latn' }).replace(/[0-9]/g, '');
}
