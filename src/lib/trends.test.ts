import { expect, it } from 'vitest';
import { trendsMax } from './trends.ts';

it('draws every line against the greatest value of all', () => {
	const members = [
		{ name: 'a', values: [1, 4] },
		{ name: 'b', values: [90, 2] }
	];
	expect(trendsMax({ members })).toBe(90);
	expect(trendsMax({ members: [{ name: 'a', values: [0] }] })).toBe(1);
});
