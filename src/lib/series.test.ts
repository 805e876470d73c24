import { describe, expect, it } from 'vitest';
import { seriesOf } from './series.ts';

const column = { id: 'readers', label: 'Readers', unit: 'count' } as const;
const days = ['2025-05-15', '2025-05-16', '2025-05-17', '2025-05-18'];
const rows = days.map((date, at) => ({ date, readers: at * 10 }));

describe('seriesOf', () => {
	it('ends with the bucket that is running', () => {
		const series = seriesOf({
			column,
			interval: 'day',
			rows,
			compareRows: null,
			now: '2025-05-17T09'
		});
		expect(series.values).toEqual([0, 10, 20]);
		expect(series.running).toBe(true);
	});

	it('knows a range that is over', () => {
		const series = seriesOf({
			column,
			interval: 'day',
			rows,
			compareRows: rows,
			now: '2025-06-01T00'
		});
		expect(series.running).toBe(false);
		expect(series.compare?.values).toEqual([0, 10, 20, 30]);
	});

	it('takes weeks and months as running until they end', () => {
		const of = (interval: 'week' | 'month', date: string, now: string): boolean =>
			seriesOf({ column, interval, rows: [{ date, readers: 1 }], compareRows: null, now }).running;
		expect(of('week', '2025-05-12', '2025-05-18T23')).toBe(true);
		expect(of('week', '2025-05-12', '2025-05-19T00')).toBe(false);
		expect(of('month', '2025-05-01', '2025-05-31T23')).toBe(true);
		expect(of('month', '2025-05-01', '2025-06-01T00')).toBe(false);
	});

	it('reads hours however they are written', () => {
		const hours = ['2025-05-17 08:00:00', '2025-05-17 09:00:00', '2025-05-17 10:00:00'];
		const series = seriesOf({
			column,
			interval: 'hour',
			rows: hours.map((date) => ({ date, readers: 1 })),
			compareRows: null,
			now: '2025-05-17T09'
		});
		expect(series.buckets).toHaveLength(2);
		expect(series.running).toBe(true);
	});

	it('puts each publication into its bucket', () => {
		const publications = [
			{ date: '2025-05-16', post_id: 1, title: 'A' },
			{ date: '2025-05-18', post_id: 2, title: 'B' }
		];
		const of = (dates: readonly string[], interval: 'day' | 'week' | 'month') =>
			seriesOf({
				column,
				interval,
				rows: dates.map((date) => ({ date, readers: 1 })),
				compareRows: null,
				now: '2025-06-01T00',
				publications
			}).published.map((posts) => posts.map(({ title }) => title));
		expect(of(days, 'day')).toEqual([[], ['A'], [], ['B']]);
		expect(of(['2025-05-05', '2025-05-12'], 'week')).toEqual([[], ['A', 'B']]);
		expect(of(['2025-04', '2025-05'], 'month')).toEqual([[], ['A', 'B']]);
	});
});
