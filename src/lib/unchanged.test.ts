import { expect, test } from 'vitest';
import { unchanged } from './unchanged.ts';

test('the same content is the same object', () => {
	const keep = unchanged<{ readonly values: readonly number[] } | null>();
	const first = keep({ values: [1, 2] });
	expect(keep({ values: [1, 2] })).toBe(first);
	expect(keep({ values: [1, 3] })).toEqual({ values: [1, 3] });
	expect(keep(null)).toBe(null);
	expect(keep({ values: [1, 2] })).not.toBe(first);
});
