import { describe, expect, it } from 'vitest';
import { isAlone, linePath } from './line-path.ts';

const box = { width: 100, height: 10 };

describe('linePath', () => {
	it('stands on zero and reaches its greatest value', () => {
		expect(linePath([0, 5, 10], box).line).toBe('M0 10L50 5L100 0');
		expect(linePath([0, 5, 10], box).area).toBe('M0 10L50 5L100 0L100 10L0 10Z');
	});

	it('leaves a gap where a value is missing, with dots for values alone', () => {
		expect(linePath([10, null, 10], box).line).toBe('M0 0h0M100 0h0');
	});

	it('draws nothing from nothing and a flat line from zeros', () => {
		expect(linePath([], box).line).toBe('');
		expect(linePath([0, 0], box).line).toBe('M0 10L100 10');
	});
});

it('isAlone: between gaps or ends', () => {
	const values = [1, null, 2, 3, null, 4];
	expect(values.map((_, at) => isAlone(values, at))).toEqual([
		true,
		false,
		false,
		false,
		false,
		true
	]);
});
