import { expect, test } from 'vitest';
import { DIMENSIONS } from '#analytics';
import { DIMENSION_GROUPS } from './filter-choices.ts';

test('every dimension can be chosen, once', () => {
	const chosen = DIMENSION_GROUPS.flatMap(({ dimensions }) => dimensions);
	expect([...chosen].sort()).toEqual(Object.keys(DIMENSIONS).sort());
});
