import { expect, test } from 'vitest';
import { variantDifferences } from './variant-differences.ts';

const row = (variant: string, cta_clickers: number, cta_exposed: number) => ({
	variant,
	cta_clickers,
	cta_exposed
});

// Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10.
test('the difference and its interval are those that are published', () => {
	const [found, ...others] = variantDifferences([row('b', 56, 70), row('a', 48, 80)]);
	expect(others).toEqual([]);
	expect(found).toMatchObject({ variant: 'b', against: 'a', verdict: 'more' });
	expect(found?.difference).toBeCloseTo(0.2, 4);
	expect(found?.low).toBeCloseTo(0.0524, 4);
	expect(found?.high).toBeCloseTo(0.3339, 4);
});

test('an interval that covers zero is too early to say', () => {
	expect(variantDifferences([row('a', 0, 29), row('b', 5, 56)])[0]?.verdict).toBe('too_early');
	expect(variantDifferences([row('a', 56, 70), row('b', 48, 80)])[0]?.verdict).toBe('less');
});

test('one variant, or one that nobody saw, is no difference', () => {
	expect(variantDifferences([])).toEqual([]);
	expect(variantDifferences([row('a', 1, 2)])).toEqual([]);
	expect(variantDifferences([row('a', 1, 2), row('b', 0, 0)])).toEqual([]);
	expect(variantDifferences([row('a', 1, 2), row('', 5, 9)])).toEqual([]);
});
