import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LOCALE, useLocale } from './locale.ts';
import {
	MISSING,
	formatAge,
	formatBucket,
	formatCountry,
	formatDay,
	formatInterval,
	formatMoment,
	formatRange,
	formatRatio,
	formatSeconds,
	formatShort,
	formatTick,
	formatValue,
	plural
} from './format.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('formatValue', () => {
	it('shows a dash for what is missing and a zero for what is none', () => {
		expect(formatValue(null, 'count')).toBe(MISSING);
		expect(formatValue(undefined, 'ratio')).toBe(MISSING);
		expect(formatValue([], 'text')).toBe(MISSING);
		expect(formatValue(0, 'count')).toBe('0');
	});

	it('never shows what is no number', () => {
		for (const unit of ['count', 'ratio', 'seconds', 'percent_depth', 'per_1000'] as const)
			for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
				expect(formatValue(value, unit)).toBe(MISSING);
				expect(formatShort(value, unit)).toBe(MISSING);
			}
	});

	it('writes each unit its own way', () => {
		expect(formatValue(1203, 'count')).toBe('1,203');
		expect(formatValue(12.25, 'per_1000')).toBe('12.3');
		// Beside others of its column.
		expect(formatValue(12, 'per_1000')).toBe('12.0');
		expect(formatValue(0, 'per_1000')).toBe('0');
		expect(plain(formatValue(63.6, 'percent_depth'))).toBe('64 %');
		expect(formatValue(['Ann', 'Bo'], 'text')).toBe('Ann, Bo');
		expect(formatValue('2025-05-17', 'date')).toBe('17 May 2025');
	});
});

describe('numbers', () => {
	it('shortens counts from ten thousand on', () => {
		expect(formatShort(9999, 'count')).toBe('9,999');
		expect(formatShort(12_345, 'count')).toBe('12.3k');
		expect(formatShort(1_234_567, 'count')).toBe('1.23M');
		expect(formatShort(null, 'count')).toBe(MISSING);
	});

	it('writes ratios as per cent', () => {
		expect(plain(formatRatio(0.0413))).toBe('4.1 %');
		expect(plain(formatRatio(0.0004))).toBe('0.04 %');
		expect(plain(formatRatio(0))).toBe('0 %');
		expect(plain(formatInterval(0.014, 0.031))).toBe('1.4–3.1 %');
	});

	it('writes seconds as minutes and seconds', () => {
		expect(plain(formatSeconds(42.4))).toBe('42 s');
		expect(plain(formatSeconds(59.7))).toBe('1 min 00 s');
		expect(plain(formatSeconds(185))).toBe('3 min 05 s');
		expect(plain(formatSeconds(3900))).toBe('1 h 05 min');
	});

	it('counts in words', () => {
		expect(plural(1, 'post')).toBe('1 post');
		expect(plural(1203, 'post')).toBe('1,203 posts');
	});
});

describe('dates', () => {
	it('names a range once by its year', () => {
		expect(formatRange('2025-04-18', '2025-05-17')).toBe('18 Apr – 17 May 2025');
		expect(formatRange('2024-12-31', '2025-01-01')).toBe('31 Dec 2024 – 1 Jan 2025');
		expect(formatRange('2025-05-17', '2025-05-17')).toBe('17 May 2025');
	});

	it('names buckets by their width', () => {
		expect(formatBucket('2025-05-17T09:00', 'hour')).toBe('17 May, 09:00');
		expect(formatBucket('2025-05-17', 'day')).toBe('Sat, 17 May 2025');
		expect(formatBucket('2025-05-12', 'week')).toBe('Week of 12 May 2025');
		expect(formatBucket('2025-05', 'month')).toBe('May 2025');
		expect(formatTick('2025-05-17 23:00:00', 'hour')).toBe('23:00');
		expect(formatTick('2025-05-01', 'month')).toBe('May 2025');
	});

	it('shows a moment in the zone of the site', () => {
		expect(formatMoment('2025-05-17T22:30:00Z', 'Asia/Kathmandu')).toBe('18 May 2025, 04:15');
	});

	it('rounds an age down', () => {
		expect(formatAge(0)).toBe('less than an hour');
		expect(formatAge(1.9)).toBe('1 hour');
		expect(formatAge(71.9)).toBe('71 hours');
		expect(formatAge(73)).toBe('3 days');
		expect(formatAge(24 * 90)).toBe('2 months');
		expect(formatAge(24 * 800)).toBe('2 years');
	});
});

describe('dates in other languages', () => {
	afterEach(() => useLocale(DEFAULT_LOCALE));
	const dates = (tag: string): readonly string[] => {
		useLocale(tag);
		return [
			formatDay('2025-05-17'),
			formatRange('2025-05-01', '2025-05-17'),
			formatMoment('2025-05-17T22:30:00Z', 'Asia/Kathmandu'),
			formatTick('2025-05-17T23', 'hour')
		].map(plain);
	};

	it('follow the order and words of the language', () => {
		expect(dates('de')).toEqual([
			'17. Mai 2025',
			'1.–17. Mai 2025',
			'18. Mai 2025, 04:15',
			'23:00'
		]);
		expect(dates('ja')).toEqual([
			'2025年5月17日',
			'2025/05/01～2025/05/17',
			'2025年5月18日 04:15',
			'23:00'
		]);
		expect(dates('en-US')).toEqual([
			'May 17, 2025',
			'May 1 – 17, 2025',
			'May 18, 2025, 04:15 AM',
			'11 PM'
		]);
	});

	it('stand apart from the text around them where they run from right to left', () => {
		for (const text of dates('ar')) expect(text).toMatch(/^\u2068[^\u0660-\u0669]+\u2069$/);
		expect(dates('ar')[0]).toContain('2025');
		expect(dates('th')[0]).toContain('2025');
	});
});

describe('formatCountry', () => {
	it('names codes and lets anything else through', () => {
		expect(formatCountry('NZ')).toBe('New Zealand');
		expect(formatCountry('')).toBe('Unknown');
		expect(formatCountry('<script>')).toBe('<script>');
	});
});
