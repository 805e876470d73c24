import { expect, test } from 'vitest';
import { givenRange } from './date-range.ts';
import { timeLabels } from './time-labels.ts';

function labels(
	zone: string,
	from: string,
	to: string,
	interval: 'hour' | 'day' | 'week' | 'month'
) {
	const range = givenRange(from, to, zone);
	if (typeof range === 'string') throw new TypeError(range);
	return timeLabels(range, interval, zone);
}

test.each([
	['UTC', '2026-03-29', 24],
	['Europe/Berlin', '2026-03-29', 23],
	['Europe/Berlin', '2026-10-25', 24],
	['America/New_York', '2026-03-08', 23],
	// Half an hour forward at 02:00, and back.
	['Australia/Lord_Howe', '2026-10-04', 24],
	['Australia/Lord_Howe', '2026-04-05', 24],
	// Midnight itself is skipped.
	['America/Havana', '2026-03-08', 23],
	['Asia/Kathmandu', '2026-01-01', 24]
])('%s has on %s %i hours', (zone, day, expected) => {
	const hours = labels(zone, day, day, 'hour');
	expect(hours).toHaveLength(expected);
	expect(hours.every((label) => label.startsWith(`${day} `))).toBe(true);
	expect(hours).toEqual([...hours].sort());
});

test('part of a day has the hours it touches', () => {
	expect(
		labels('Asia/Kathmandu', '2026-01-01T00:10:00+05:45', '2026-01-01T02:00:00+05:45', 'hour')
	).toEqual(['2026-01-01 00:00:00', '2026-01-01 01:00:00', '2026-01-01 02:00:00']);
	expect(labels('UTC', '2026-01-01T23:59:59Z', '2026-01-01T23:59:59Z', 'day')).toEqual([
		'2026-01-01'
	]);
});

test('weeks and months begin inside the range', () => {
	expect(labels('UTC', '2026-01-28', '2026-02-10', 'week')).toEqual([
		'2026-01-28',
		'2026-02-02',
		'2026-02-09'
	]);
	expect(labels('UTC', '2026-01-28', '2026-02-10', 'month')).toEqual(['2026-01-28', '2026-02-01']);
});
