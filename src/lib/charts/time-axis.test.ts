import { describe, expect, it } from 'vitest';
import { bucketX, timeTicks } from './time-axis.ts';

const days = (count: number, from: string): readonly string[] =>
	Array.from({ length: count }, (_, at) =>
		new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10)
	);

describe('bucketX', () => {
	it('spreads buckets from end to end', () => {
		expect([0, 1, 2].map((at) => bucketX(at, 3))).toEqual([0, 0.5, 1]);
		expect(bucketX(0, 1)).toBe(0.5);
	});
});

describe('timeTicks', () => {
	it('labels few of many buckets, evenly', () => {
		const ticks = timeTicks({ buckets: days(30, '2025-05-01'), interval: 'day' });
		expect(ticks.length).toBeLessThanOrEqual(8);
		expect(ticks.slice(0, 2)).toEqual([
			{ at: 0, label: '1 May' },
			{ at: 5 / 29, label: '6 May' }
		]);
	});

	it('names the year where there are two, and the day of hours where there are two', () => {
		const over = timeTicks({ buckets: days(3, '2024-12-30'), interval: 'day' });
		expect(over.at(-1)?.label).toBe('1 Jan 2025');
		const hours = timeTicks({ buckets: ['2025-05-01T23', '2025-05-02T00'], interval: 'hour' });
		expect(hours.map(({ label }) => label)).toEqual(['1 May, 23:00', '2 May, 00:00']);
	});
});
