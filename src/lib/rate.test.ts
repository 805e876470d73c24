import { describe, expect, it } from 'vitest';
import { basisOf, rateOf, rateScale } from './rate.ts';

const row = {
	readers: 1003,
	subscribe_rate: 0.021,
	subscribe_rate_low: 0.014,
	subscribe_rate_high: 0.031,
	cta_exposed: 40,
	cta_clickers: 3,
	cta_ctr: 0.075,
	reads: 0,
	measured_page_views: 0,
	read_ratio: null
};

describe('rates', () => {
	it('come with the ends of their interval', () => {
		expect(rateOf(row, 'subscribe_rate')).toEqual({ value: 0.021, low: 0.014, high: 0.031 });
		expect(rateOf(row, 'cta_ctr')).toEqual({ value: 0.075, low: null, high: null });
	});

	it('say what they count of what', () => {
		expect(basisOf(row, 'cta_ctr')).toBe('3 of 40');
		expect(basisOf(row, 'subscribe_rate')).toBe('of 1,003 readers');
		expect(basisOf(row, 'read_ratio')).toBeUndefined();
		expect(basisOf(row, 'readers')).toBeUndefined();
		expect(basisOf(row, 'toString')).toBeUndefined();
	});

	it('share a scale that one wide interval cannot stretch', () => {
		const wide = { subscribe_rate: 0, subscribe_rate_high: 0.8 };
		expect(rateScale([row, wide], 'subscribe_rate')).toBeCloseTo(0.042);
		expect(rateScale([row], 'subscribe_rate')).toBeCloseTo(0.031);
		expect(rateScale([], 'subscribe_rate')).toBeGreaterThan(0);
	});
});
