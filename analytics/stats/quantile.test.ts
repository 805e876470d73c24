import { expect, test } from 'vitest';
import { quantile } from './quantile.ts';

const VALUES = [260, 42, 55, 61, 70, 75, 88, 94, 120, 133];

test.each([
	[0.25, 63.25],
	[0.5, 81.5],
	[0.75, 113.5],
	[0, 42],
	[1, 260]
])('quantile %f', (share, expected) => {
	expect(quantile(VALUES, share)).toBeCloseTo(expected, 10);
});

test('there is none of nothing', () => {
	expect(quantile([], 0.5)).toBeNull();
});
