import { expect } from 'vitest';
import type { Row } from '../../analytics/reports/result.ts';
import { betaShareBelow, ratio, sum } from './statistics.ts';

/** Each shrunken rate and what it counts of the readers. */
const RATES: readonly (readonly [rate: string, numerator: string])[] = [
	['subscribe_rate', 'subscribed_readers'],
	['conversion_rate', 'converted_readers']
];

/**
 * Columns that `expectShrunken` looks at: the place of a flat likelihood's top cannot be found twice to nine places, but
 * a prior shows in its estimates, and how likely it is can be compared.
 */
export const SHRUNKEN_COLUMNS: readonly string[] = RATES.flatMap(([rate]) => [
	`${rate}_estimate`,
	`${rate}_floor`
]);

interface Shrunken {
	readonly k: number;
	readonly n: number;
	readonly estimate: number;
	readonly floor: number;
}

/**
 * The estimates and floors of posts follow from one beta prior, and no other prior of a grid is more likely. `counts` has
 * the readers and those who subscribed or converted by post.
 */
export function expectShrunken(rows: readonly Row[], counts: readonly Row[]): void {
	const countsOf = new Map(counts.map((row) => [row['post_id'], row]));
	for (const [rate, numerator] of RATES) {
		const groups = rows.map((row) => {
			const own = countsOf.get(row['post_id'] ?? null) ?? {};
			const estimate = row[`${rate}_estimate`] ?? null;
			const floor = row[`${rate}_floor`] ?? null;
			return { k: Number(own[numerator]), n: Number(own['readers']), estimate, floor };
		});
		const read = groups.filter(({ n }) => n > 0);
		const successes = sum(read.map(({ k }) => k));
		const trials = sum(read.map(({ n }) => n));
		const isLearnt = read.length >= 3 && successes > 0 && successes < trials;
		for (const { n, estimate, floor } of groups) {
			expect(estimate !== null, `${rate} of ${n}`).toBe(isLearnt && n > 0);
			expect(floor !== null, `${rate} of ${n}`).toBe(isLearnt && n > 0);
		}
		if (!isLearnt) continue;
		expectOnePrior(
			read.map((group) => ({
				...group,
				estimate: Number(group.estimate),
				floor: Number(group.floor)
			})),
			trials
		);
	}
}

function expectOnePrior(groups: readonly Shrunken[], trials: number): void {
	const found = priorBehind(groups);
	if (found === null) return;
	const { a, b } = found;
	const where = JSON.stringify({ groups, found });
	expect(a, where).toBeGreaterThan(0);
	expect(b, where).toBeGreaterThan(0);
	expect(a + b, where).toBeGreaterThan(1 - 1e-4);
	expect(a + b, where).toBeLessThan(trials * (1 + 1e-4));
	for (const { k, n, estimate, floor } of groups) {
		expect(estimate, where).toBeCloseTo((k + a) / (n + a + b), 6);
		const below = betaShareBelow(floor, k + a, n - k + b);
		// A rate may be all but surely smaller than the smallest number.
		if (floor > 1e-290) expect(below, where).toBeCloseTo(0.05, 3);
	}
	const best = Math.max(...grid(trials).map((prior) => logLikelihood(groups, prior)));
	expect(logLikelihood(groups, found), where).toBeGreaterThan(best - 1e-5);
}

interface Prior {
	readonly a: number;
	readonly b: number;
}

/** The prior of which all estimates are means, from the two that differ most; null where they hardly do. */
function priorBehind(groups: readonly Shrunken[]): Prior | null {
	const sorted = groups.toSorted((x, y) => x.estimate - y.estimate);
	const [one, two] = [sorted[0], sorted.at(-1)];
	if (one === undefined || two === undefined) return null;
	const apart = two.estimate - one.estimate;
	const weight = ratio(
		two.k - two.estimate * two.n - (one.k - one.estimate * one.n),
		apart < 1e-6 ? 0 : apart
	);
	if (weight === null) return null;
	const a = one.estimate * (one.n + weight) - one.k;
	return { a, b: weight - a };
}

/** Priors that weigh from one reader to all of them. */
function grid(trials: number): readonly Prior[] {
	return Array.from({ length: 25 }, (_, i) => trials ** (i / 24)).flatMap((weight) =>
		Array.from({ length: 41 }, (_, j) => {
			const mean = 1 / (1 + Math.exp((j - 20) / 3));
			return { a: mean * weight, b: weight - mean * weight };
		})
	);
}

function logLikelihood(groups: readonly Shrunken[], { a, b }: Prior): number {
	const rising = (x: number, steps: number): number =>
		sum(Array.from({ length: steps }, (_, i) => Math.log(x + i)));
	return sum(groups.map(({ k, n }) => rising(a, k) + rising(b, n - k) - rising(a + b, n)));
}
