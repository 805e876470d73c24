import fc from 'fast-check';
import { expect, test } from 'vitest';
import { risingSlope } from './rising-slope.ts';

test('is the sum of 1 / (x + i) for i below each value, added one by one', () => {
	fc.assert(
		fc.property(
			fc.array(fc.nat({ max: 3000 }), { maxLength: 8 }),
			fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
			(values, x) => {
				const terms = values.flatMap((value) =>
					Array.from({ length: value }, (_, i) => 1 / (x + i))
				);
				const sum = terms.reduce((total, term) => total + term, 0);
				expect(Math.abs(risingSlope(values)(x) - sum)).toBeLessThan(1e-9 * (1 + sum));
			}
		)
	);
});

test('of many large values does not overflow', () => {
	const values = Array.from({ length: 1000 }, () => 1e8);
	// Harmonic number of 100 million, from its asymptotic series.
	expect(risingSlope(values)(1) / 1000).toBeCloseTo(Math.log(1e8) + 0.5772156649 + 5e-9, 8);
});
