import { describe, expect, it } from 'vitest';
import { compareLabel, intervalsFor, periodLabel } from './periods.ts';

describe('labels', () => {
	it('name what the engine knows, and dates of the reader’s own', () => {
		expect(periodLabel('7d')).toBe('Last 7 days');
		expect(periodLabel('custom')).toBe('Custom dates');
		expect(periodLabel('toString')).toBe('Custom dates');
		expect(compareLabel('weekday')).toBe('Same weekdays');
	});
});

describe('intervalsFor', () => {
	it('offers steps that draw a line', () => {
		expect(intervalsFor({ from: '2025-05-17', to: '2025-05-17' })).toEqual(['hour']);
		expect(intervalsFor({ from: '2025-05-11', to: '2025-05-17' })).toEqual(['hour', 'day']);
		expect(intervalsFor({ from: '2025-04-18', to: '2025-05-17' })).toEqual(['day', 'week']);
		expect(intervalsFor({ from: '2020-01-01', to: '2025-05-17' })).toEqual(['week', 'month']);
	});
});
