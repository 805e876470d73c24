import { expect, test } from 'vitest';
import { formatPoints } from './format-points.ts';

test('a difference of rates is in points, with its sign', () => {
	expect(formatPoints(0.0123)).toBe('+1.2');
	expect(formatPoints(-0.2)).toBe('−20.0');
	expect(formatPoints(0)).toBe('0.0');
});
