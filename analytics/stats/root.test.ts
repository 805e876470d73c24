import { expect, test } from 'vitest';
import { fallingRoot } from './root.ts';

test.each([
	['straight', (x: number) => 3 - x, 3],
	['curved', (x: number) => 2 - x * x, Math.SQRT2],
	['flat on one side', (x: number) => Math.exp(-2 * x) - Math.exp(-6), 3]
])('finds where a function falls through zero: %s', (_, valueAt, expected) => {
	for (const start of [undefined, 0, 0.5, 9, 10, 11])
		expect(fallingRoot(valueAt, 0, 10, start)).toBeCloseTo(expected, 8);
});
