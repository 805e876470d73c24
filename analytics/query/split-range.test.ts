import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, monthStart } from '../time/local.ts';
import { splitRange } from './split-range.ts';

describe('splitRange', () => {
	test('whole months stand apart from the days around them', () => {
		expect(splitRange({ from: '2024-01-30', to: '2024-04-02' }, [])).toEqual({
			months: { from: '2024-02-01', to: '2024-03-31' },
			days: [
				{ from: '2024-01-30', to: '2024-01-31' },
				{ from: '2024-04-01', to: '2024-04-02' }
			]
		});
	});

	test('a month with a day that is not summed up is read by days', () => {
		expect(splitRange({ from: '2024-01-01', to: '2024-03-31' }, ['2024-02-29'])).toEqual({
			months: { from: '2024-01-01', to: '2024-03-31' },
			days: [{ from: '2024-02-01', to: '2024-02-29' }]
		});
	});

	test('months next to each other are one stretch of days', () => {
		expect(splitRange({ from: '2024-01-15', to: '2024-02-29' }, ['2024-02-01'])).toEqual({
			months: null,
			days: [{ from: '2024-01-15', to: '2024-02-29' }]
		});
	});

	test('every day of a range is in one month or one stretch of days', () => {
		const day = fc.integer({ min: 0, max: 800 }).map((n) => addDays('2023-11-20', n));
		fc.assert(
			fc.property(
				day,
				fc.integer({ min: 0, max: 500 }),
				fc.array(day),
				(from, length, unrolled) => {
					const to = addDays(from, length);
					const { months, days } = splitRange({ from, to }, unrolled);
					const broken = new Set(unrolled.map(monthStart));
					for (let at = 0; at <= daysBetween(from, to); at += 1) {
						const each = addDays(from, at);
						const inDays = days.filter((part) => part.from <= each && each <= part.to).length;
						const inMonths =
							months !== null &&
							months.from <= each &&
							each <= months.to &&
							!broken.has(monthStart(each));
						expect(inDays + (inMonths ? 1 : 0)).toBe(1);
					}
					for (const part of days) expect(part.from >= from && part.to <= to).toBe(true);
				}
			)
		);
	});
});
