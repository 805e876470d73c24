import { expect, test } from 'vitest';
import { isTooEarly, rateBehind } from './too-early.ts';

const row = (low: number | null, high: number | null) => ({
	subscribe_rate_low: low,
	subscribe_rate_high: high
});
const totals = { subscribe_rate: 0.02 };

test('an interval wide around the mean is too early, of the rate and of its estimate', () => {
	for (const id of ['subscribe_rate', 'subscribe_rate_estimate', 'subscribe_rate_floor'])
		expect(isTooEarly(row(0.001, 0.2), totals, id)).toBe(true);
});

test('an interval beside the mean or close around it is not', () => {
	expect(isTooEarly(row(0.03, 0.2), totals, 'subscribe_rate')).toBe(false);
	expect(isTooEarly(row(0.018, 0.023), totals, 'subscribe_rate')).toBe(false);
});

test('nothing is said without an interval or a mean', () => {
	expect(isTooEarly(row(null, null), totals, 'subscribe_rate')).toBe(false);
	expect(isTooEarly(row(0.001, 0.2), {}, 'subscribe_rate')).toBe(false);
	expect(isTooEarly(row(0.001, 0.2), undefined, 'subscribe_rate')).toBe(false);
});

test('the rate behind an estimate', () => {
	expect(rateBehind('conversion_rate_estimate')).toBe('conversion_rate');
	expect(rateBehind('bounce_rate')).toBe('bounce_rate');
});
