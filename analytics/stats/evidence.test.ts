import { expect, test } from 'vitest';
import { fitBetaBinomial, posterior } from './beta-binomial.ts';
import { evidence } from './evidence.ts';

const ODDS = (odds: number): number => odds / (1 + odds);

test.each([
	['above', 0.021, 0.05, 0.02],
	['below', 0.001, 0.019, 0.02],
	['near', 0.018, 0.023, 0.02],
	['near', 0.002, 0.025, 0.02],
	['near', 0.017, 0.08, 0.02],
	['too_early', 0.013, 0.03, 0.02],
	['too_early', 0, 0.2, 0.02],
	['too_early', 0.5, 0.95, 0.8],
	['near', 0.75, 0.85, 0.8],
	// The ends themselves: the mean is covered, and both margins are reached.
	['near', 0.02, 0.02, 0.02],
	['too_early', ODDS(0.2 / 1.51), ODDS(0.2 * 1.51), ODDS(0.2)],
	['near', ODDS(0.2 / 1.49), ODDS(0.2 * 1.51), ODDS(0.2)],
	['near', ODDS(0.2 / 1.51), ODDS(0.2 * 1.49), ODDS(0.2)]
] as const)('%s: %d to %d against %d', (expected, low, high, mean) => {
	expect(evidence({ low, high }, mean)).toBe(expected);
});

test('goes with the readers a post has: with few it is too early, with many it is told', () => {
	const prior = { a: 2, b: 98 };
	expect(evidence(posterior({ k: 0, n: 0 }, prior), 0.02)).toBe('too_early');
	expect(evidence(posterior({ k: 1, n: 12 }, prior), 0.02)).toBe('too_early');
	expect(evidence(posterior({ k: 2_000, n: 100_000 }, prior), 0.02)).toBe('near');
	expect(evidence(posterior({ k: 60, n: 1_000 }, prior), 0.02)).toBe('above');
	expect(evidence(posterior({ k: 1, n: 1_000 }, prior), 0.02)).toBe('below');
});

test('a new post of a blog whose posts do not differ is near its mean', () => {
	const prior = fitBetaBinomial(Array.from({ length: 20 }, () => ({ k: 20, n: 1_000 })));
	if (prior === null) throw new Error('There is a prior.');
	expect(evidence(posterior({ k: 0, n: 0 }, prior), 0.02)).toBe('near');
});
