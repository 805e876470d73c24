import { expect, test } from 'vitest';
import type { Column, Row } from '../reports/result.ts';
import { reportCsv } from './csv.ts';

const column = (id: string): Column => ({
	id,
	label: id,
	kind: 'key',
	unit: 'text',
	direction: 'neutral',
	definition: ''
});

function csv(rows: readonly Row[], excel = false): string {
	return [...reportCsv({ columns: [column('title'), column('value')], rows }, { excel })].join('');
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

test('the excel flavour begins with a byte-order mark', () => {
	expect(csv([], true).charCodeAt(0)).toBe(0xfeff);
});
