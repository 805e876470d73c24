import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newcombe } from './newcombe.ts';

test.each([
	[56, 70, 48, 80, 0.2, 0.0524, 0.3339],
	[9, 10, 3, 10, 0.6, 0.1705, 0.809],
	[5, 56, 0, 29, 0.0893, -0.0381, 0.1926]
])('%i of %i less %i of %i', (k, n, l, m, difference, low, high) => {
	const found = newcombe({ k, n }, { k: l, n: m });
	expect(found?.difference).toBeCloseTo(difference, 4);
	expect(found?.low).toBeCloseTo(low, 4);
	expect(found?.high).toBeCloseTo(high, 4);
});

test('there is no difference without trials on either side', () => {
	expect(newcombe({ k: 0, n: 0 }, { k: 1, n: 2 })).toBeNull();
	expect(newcombe({ k: 1, n: 2 }, { k: 0, n: 0 })).toBeNull();
});

const group = fc
	.nat({ max: 10_000 })
	.chain((failures) => fc.integer({ min: 1, max: 500 }).map((k) => ({ k, n: k + failures })));

test('the interval holds the difference, stays within -1 and 1, and turns round with its sides', () => {
	fc.assert(
		fc.property(group, group, (first, second) => {
			const there = newcombe(first, second);
			const back = newcombe(second, first);
			if (there === null || back === null) throw new Error('Both have trials.');
			expect(there.low).toBeGreaterThanOrEqual(-1);
			expect(there.low).toBeLessThanOrEqual(there.difference);
			expect(there.high).toBeGreaterThanOrEqual(there.difference);
			expect(there.high).toBeLessThanOrEqual(1);
			expect(back.low).toBeCloseTo(-there.high, 12);
			expect(back.high).toBeCloseTo(-there.low, 12);
		})
	);
});
