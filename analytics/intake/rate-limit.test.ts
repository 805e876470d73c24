import { expect, test } from 'vitest';
import { openRateLimit } from './rate-limit.ts';

test('a burst passes, then as many as come in by the second', () => {
	const limit = openRateLimit(10);
	expect(limit.take('a', 100, 0)).toBe(true);
	expect(limit.take('a', 1, 0)).toBe(false);
	expect(limit.take('b', 1, 0)).toBe(true);
	expect(limit.take('a', 10, 1_000)).toBe(true);
	expect(limit.take('a', 1, 1_000)).toBe(false);
});

test('a clock that steps back refuses nobody for longer', () => {
	const limit = openRateLimit(10);
	expect(limit.take('a', 100, 3_600_000)).toBe(true);
	expect(limit.take('a', 1, 0)).toBe(false);
	expect(limit.take('a', 1, 1_000)).toBe(true);
});

test('zero is no limit', () => {
	expect(openRateLimit(0).take('a', 1e9, 0)).toBe(true);
});

test('many names neither fill the memory nor lose a busy one its limit', () => {
	const limit = openRateLimit(1);
	for (let i = 0; i < 200_000; i += 1) limit.take(`name ${i}`, 10, i);
	expect(limit.take('name 199999', 1, 200_000)).toBe(false);
});
