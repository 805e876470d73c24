import { describe, expect, it } from 'vitest';
import { METRICS } from '#analytics';
import { figureTip } from './figure-tip.ts';

const lines = (...given: Parameters<typeof figureTip>): readonly string[] =>
	(figureTip(...given)?.lines ?? []).map((line) => line.replace(/[\u00a0\u202f]/g, ' '));

describe('figureTip', () => {
	it('has the words of the definition', () => {
		expect(figureTip('visitors', '1234')).toEqual({
			label: METRICS.visitors.label,
			value: '1,234',
			definition: METRICS.visitors.definition,
			lines: []
		});
	});

	it('names what a ratio is made of', () => {
		expect(lines('read_ratio', null)).toEqual(['Reads / Measured page views']);
		expect(lines('read_ratio', '0.5', { numerator: '600', denominator: '1200' })).toEqual([
			'600 reads / 1,200 measured page views',
			'95 % interval: 47.2–52.8 %'
		]);
	});

	it('keeps the interval that the report gives', () => {
		expect(lines('cta_ctr', '0.02', { low: '0.014', high: '0.031' })).toContain(
			'95 % interval: 1.4–3.1 %'
		);
	});

	it('has no interval for what is no share, and none of nothing', () => {
		expect(
			lines('engaged_seconds_avg', '85', { numerator: '8500', denominator: '100', before: '80' })
		).toEqual(['2 h 21 min engaged time, total / 100 measured page views', 'Before: 1 min 20 s']);
		expect(lines('read_ratio', '', { numerator: '0', denominator: '0' })).toEqual([
			'0 reads / 0 measured page views'
		]);
	});

	it('does not know what is no metric', () => {
		expect(figureTip('funnel_readers', '1')).toBeNull();
	});
});
