import { expect, test } from 'vitest';
import { bearerOf, namedReader } from './sending-key.ts';

test.each([
	['Bearer byline_abc', 'byline_abc'],
	['bearer  byline_abc ', 'byline_abc'],
	['Basic YTpi', null],
	['Bearer', null],
	['Bearer ', null],
	['Bearer a b', null],
	['', null]
])('"%s" bears %s', (authorization, token) => {
	expect(bearerOf(authorization)).toBe(token);
});

test.each([
	['203.0.113.9', '203.0.113.9'],
	['203.0.113.9, 198.51.100.7', '203.0.113.9'],
	[' [2001:db8::1]:443 , 198.51.100.7', '2001:db8::1'],
	['unknown, 198.51.100.7', null],
	['', null],
	[undefined, null],
	[['203.0.113.9', '198.51.100.7'], '203.0.113.9']
])('%j names %s', (forwarded, reader) => {
	expect(namedReader(forwarded)).toBe(reader);
});
