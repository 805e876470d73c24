import { expect, test } from 'vitest';
import { SHRINKING_METRICS, shrunkenRates } from './shrunken-rates.ts';
import type { Row } from './result.ts';

const post = (readers: number, subscribed: number, converted = 0): Row => ({
	readers,
	subscribed_readers: subscribed,
	converted_readers: converted
});

test('rests on readers, and on those who subscribed or converted', () => {
	expect([...new Set(SHRINKING_METRICS)].sort()).toEqual([
		'converted_readers',
		'readers',
		'subscribed_readers'
	]);
});

test('draws a post with few readers to the others, so that it does not lead the ranking', () => {
	const rates = shrunkenRates([
		post(12, 1),
		post(2_100, 60),
		post(900, 4),
		post(1_500, 25),
		post(700, 16),
		post(0, 0)
	]);
	const floors = rates.map((row) => row['subscribe_rate_floor'] ?? null);
	const [few, many] = rates;
	expect(Number(few?.['subscribe_rate_estimate'])).toBeLessThan(1 / 12 / 2);
	expect(Number(many?.['subscribe_rate_estimate'])).toBeCloseTo(60 / 2_100, 2);
	expect(Math.max(...floors.map(Number))).toBe(floors[1]);
	expect(rates.at(-1)).toMatchObject({
		subscribe_rate_estimate: null,
		subscribe_rate_floor: null
	});
	// Nobody converted anywhere: nothing to learn from.
	for (const row of rates)
		expect(row).toMatchObject({ conversion_rate_estimate: null, conversion_rate_floor: null });
});

test('of no posts is nothing', () => {
	expect(shrunkenRates([])).toEqual([]);
});
