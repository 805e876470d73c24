import { describe, expect, it } from 'vitest';
import { zoomRange } from './zoom-range.ts';

const range = { from: '2025-01-08', to: '2025-03-10' };

describe('zoomRange', () => {
	it('takes whole days, whichever way was dragged', () => {
		const buckets = ['2025-01-08', '2025-01-09', '2025-01-10'];
		const days = { from: '2025-01-09', to: '2025-01-10' };
		expect(zoomRange(buckets, [1, 2], { interval: 'day', range })).toEqual(days);
		expect(zoomRange(buckets, [2, 1], { interval: 'day', range })).toEqual(days);
	});

	it('takes weeks and months to their last day, within the range', () => {
		const weeks = ['2025-01-06', '2025-01-13', '2025-01-20'];
		expect(zoomRange(weeks, [0, 1], { interval: 'week', range })).toEqual({
			from: '2025-01-08',
			to: '2025-01-19'
		});
		const months = ['2025-01-01', '2025-02-01', '2025-03-01'];
		expect(zoomRange(months, [1, 1], { interval: 'month', range })).toEqual({
			from: '2025-02-01',
			to: '2025-02-28'
		});
		expect(zoomRange(months, [1, 2], { interval: 'month', range })?.to).toBe('2025-03-10');
	});

	it('leaves a range that would stay as it is', () => {
		const months = ['2025-01-01', '2025-02-01', '2025-03-01'];
		expect(zoomRange(months, [0, 2], { interval: 'month', range })).toBeNull();
		const hours = ['2025-01-08T01', '2025-01-08T05'];
		const one = { from: '2025-01-08', to: '2025-01-08' };
		expect(zoomRange(hours, [0, 1], { interval: 'hour', range: one })).toBeNull();
	});
});
