import { expect, test } from 'vitest';
import { unchanged, unchangedItems } from './unchanged.ts';

test('the same content is the same object', () => {
	const keep = unchanged<{ readonly values: readonly number[] } | null>();
	const first = keep({ values: [1, 2] });
	expect(keep({ values: [1, 2] })).toBe(first);
	expect(keep({ values: [1, 3] })).toEqual({ values: [1, 3] });
	expect(keep(null)).toBe(null);
	expect(keep({ values: [1, 2] })).not.toBe(first);
});

test('nothing at all stays nothing', () => {
	const keep = unchanged<number | undefined>();
	expect([keep(undefined), keep(undefined), keep(1)]).toEqual([undefined, undefined, 1]);
});

test('each item of a list stays the same object wherever it stands', () => {
	const keep = unchangedItems<{ readonly id: string; readonly value: number }>(({ id }) => id);
	const [a, b] = keep([
		{ id: 'a', value: 1 },
		{ id: 'b', value: 2 }
	]);
	const [first, second] = keep([
		{ id: 'b', value: 2 },
		{ id: 'a', value: 3 }
	]);
	expect(first).toBe(b);
	expect(second).toEqual({ id: 'a', value: 3 });
	expect(second).not.toBe(a);
	expect(keep([{ id: 'a', value: 3 }])).toEqual([second]);
	expect(keep([{ id: 'b', value: 2 }])[0]).not.toBe(b);
});
