import { describe, expect, it } from 'vitest';
import { linePath } from './line-path.ts';

const box = { width: 100, height: 10 };

describe('linePath', () => {
	it('stands on zero and reaches its greatest value', () => {
		expect(linePath([0, 5, 10], box).line).toBe('M0 10L50 5L100 0');
		expect(linePath([0, 5, 10], box).area).toBe('M0 10L50 5L100 0L100 10L0 10Z');
	});

	it('leaves a gap where a value is missing', () => {
		expect(linePath([10, null, 10], box).line).toBe('M0 0M100 0');
	});

	it('draws nothing from nothing and a flat line from zeros', () => {
		expect(linePath([], box).line).toBe('');
		expect(linePath([0, 0], box).line).toBe('M0 10L100 10');
	});
});
