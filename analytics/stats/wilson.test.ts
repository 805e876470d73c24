import { expect, test } from 'vitest';
import { wilson } from './wilson.ts';

test.each([
	[81, 263, 0.255289, 0.36621],
	[15, 148, 0.0624, 0.1605],
	[0, 20, 0, 0.1611],
	[1, 29, 0.0061, 0.1718],
	[2, 2, 0.34238, 1],
	[100, 101, 0.946033, 0.99825],
	[23, 60, 0.270883, 0.509824],
	[3, 40, 0.025836, 0.198642],
	[12, 400, 0.017243, 0.051699]
])('%i of %i', (successes, trials, low, high) => {
	const interval = wilson(successes, trials);
	expect(interval?.low).toBeCloseTo(low, 4);
	expect(interval?.high).toBeCloseTo(high, 4);
});

test('there is no interval without trials', () => {
	expect(wilson(0, 0)).toBeNull();
});
