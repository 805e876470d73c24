import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../tests/http/read-csv.ts';
import type { Cell, Column, Row } from '../reports/result.ts';
import { PLAIN, type CsvFlavour } from './csv-flavour.ts';
import { reportCsv } from './csv.ts';

const ENGLISH: CsvFlavour = { byteOrderMark: true, separator: ',', decimalSign: '.' };
const GERMAN: CsvFlavour = { byteOrderMark: true, separator: ';', decimalSign: ',' };

const column = (id: string): Column => ({
	id,
	label: id,
	kind: 'key',
	unit: 'text',
	direction: 'neutral',
	definition: ''
});

function csv(rows: readonly Row[], flavour: CsvFlavour = PLAIN): string {
	return [...reportCsv({ columns: [column('title'), column('value')], rows }, flavour)].join('');
}

test('quotes what RFC 4180 wants quoted and ends lines with CRLF', () => {
	expect(csv([{ title: 'a "b", c\nd', value: 1.5 }])).toBe(
		'title,value\r\n"a ""b"", c\nd",1.5\r\n'
	);
});

test('missing is empty, several values are joined, numbers are never prefixed', () => {
	expect(csv([{ title: ['SEO', 'Email'], value: null }])).toContain('SEO; Email,\r\n');
	expect(csv([{ title: 'x', value: -1 }])).toContain('x,-1\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', '＝1', '＋1', '－1', '＠x'])(
	'%j cannot run as a formula',
	(title) => {
		expect(csv([{ title, value: 1 }])).toMatch(new RegExp(`\\r\\n"?'`));
	}
);

describe('for a spreadsheet', () => {
	test('begins with a byte-order mark', () => {
		expect(csv([], ENGLISH)).toBe('\ufefftitle,value\r\n');
	});

	test('separates by semicolons where numbers have a comma; dates and text stay', () => {
		expect(csv([{ title: '2026-11-23 1.5', value: -0.25 }], GERMAN)).toBe(
			'\ufefftitle;value\r\n2026-11-23 1.5;-0,25\r\n'
		);
		expect(csv([{ title: ['SEO', 'Email'], value: 1_234.5 }], GERMAN)).toContain(
			'\r\n"SEO; Email";1234,5\r\n'
		);
	});
});

const DANGEROUS = fc.constantFrom(
	...'=+-@\t\r\n＝＋－＠,;"\' \u0000\ufeff',
	'\r\n',
	'""',
	'=cmd|’ /C calc’!A0'
);
const text = fc
	.array(fc.oneof(DANGEROUS, fc.string({ unit: 'binary' })), { maxLength: 5 })
	.map((parts) => parts.join('').toWellFormed());
const cell: fc.Arbitrary<Cell> = fc.oneof(
	text,
	fc.array(text, { maxLength: 3 }),
	fc.constant(null),
	fc.integer(),
	fc.double({ noDefaultInfinity: true, noNaN: true })
);

test.each([PLAIN, ENGLISH, GERMAN])(
	'another reader gets back what was written, and nothing that runs: %j',
	(flavour) => {
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), (pairs) => {
				const written = csv(
					pairs.map(([title, value]) => ({ title, value })),
					flavour
				);
				expect(written.startsWith('\ufeff')).toBe(flavour.byteOrderMark);
				const body = flavour.byteOrderMark ? written.slice(1) : written;
				const [header, ...records] = readCsv(body, flavour.separator);
				expect(header).toEqual(['title', 'value']);
				expect(records).toHaveLength(pairs.length);
				for (const [index, pair] of pairs.entries())
					for (const [at, given] of pair.entries())
						expectCell(records[index]?.[at] ?? 'no cell', given, flavour);
			}),
			{ numRuns: 300 }
		);
	}
);

function expectCell(shown: string, given: Cell, { decimalSign }: CsvFlavour): void {
	if (given === null) expect(shown).toBe('');
	else if (typeof given === 'number') {
		expect(shown).toMatch(decimalSign === ',' ? /^[-\d,e+]+$/ : /^[-\d.e+]+$/);
		expect(Number(shown.replace(',', '.'))).toBe(given === 0 ? 0 : given);
	} else {
		const meant = typeof given === 'string' ? given : given.join('; ');
		expect(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(shown)).toBe(false);
		expect(shown === meant || shown === `'${meant}`).toBe(true);
		const [first = 'x'] = meant;
		expect(shown.length - meant.length).toBe('=+-@\t\r＝＋－＠'.includes(first) ? 1 : 0);
	}
}
