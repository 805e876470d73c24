import betaln from '@stdlib/math-base-special-betaln';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	fitBetaBinomial,
	posterior,
	posteriorMean,
	type Group,
	type Posterior,
	type Prior
} from './beta-binomial.ts';
import { wilson } from './wilson.ts';

/** Numbers, those that repeat as `times x number`. */
function numbers(text: string): readonly number[] {
	return text.split(' ').flatMap((word) => {
		const [times, value] = word.split('x').map(Number);
		return value === undefined ? [Number(word)] : Array.from({ length: times ?? 0 }, () => value);
	});
}

// Tarone 1982, Biometrics 38:215-220; table 5.1 of Gelman et al., Bayesian Data Analysis: the first 70 of 71 groups.
const TUMOURS = numbers(
	'14x0 8x1 9x2 1 5 2 5 3 2 7 7 3 3 2 9 10 7x4 10 3x4 5 11 12 5 5 6 5 4x6 16 15 15 9'
);
const RATS = numbers(
	'7x20 4x19 18 18 17 4x20 19 19 18 18 25 24 23 6x20 10 49 19 46 27 17 49 47 20 20 13 48 50 7x20 48 3x19 22 46 49 20 20 23 19 22 3x20 52 46 47 24'
);
const STUDIES = RATS.map((n, index): Group => ({ k: TUMOURS[index] ?? 0, n }));

function logLikelihood(groups: readonly Group[], { a, b }: Prior): number {
	return groups.reduce((sum, { k, n }) => {
		const ways = -Math.log(n + 1) - betaln(k + 1, n - k + 1);
		return sum + ways + betaln(k + a, n - k + b) - betaln(a, b);
	}, 0);
}

function fit(groups: readonly Group[]): Prior {
	const prior = fitBetaBinomial(groups);
	if (prior === null) throw new Error('There is a prior.');
	return prior;
}

const weightOf = ({ a, b }: Prior): number => a + b;
const totalOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value);

describe('the published example', () => {
	test('is typed in right', () => {
		expect([TUMOURS.length, RATS.length]).toEqual([70, 70]);
		expect([totalOf(TUMOURS), totalOf(RATS)]).toEqual([263, 1725]);
	});

	test('has this prior', () => {
		const prior = fit(STUDIES);
		expect(prior.a).toBeCloseTo(2.304768, 3);
		expect(prior.b).toBeCloseTo(14.079707, 3);
		expect(logLikelihood(STUDIES, prior)).toBeCloseTo(-154.14025, 6);
	});

	test('tells this of group 71', () => {
		const { estimate, low, high } = posterior({ k: 4, n: 14 }, fit(STUDIES));
		expect(estimate).toBeCloseTo(0.207499, 5);
		expect(low).toBeCloseTo(0.085612, 5);
		expect(high).toBeCloseTo(0.365689, 5);
	});
});

test('few readers do not win the ranking, as they do by Wilson', () => {
	const prior = { a: 2, b: 98 };
	expect(wilson(1, 12)?.low).toBeCloseTo(0.01487, 5);
	expect(wilson(40, 2100)?.low).toBeCloseTo(0.01402, 5);
	expect(posterior({ k: 1, n: 12 }, prior).low5).toBeCloseTo(0.00741, 5);
	expect(posterior({ k: 40, n: 2100 }, prior).low5).toBeCloseTo(0.01455, 5);
});

describe('a prior', () => {
	test.each([
		['no groups', []],
		[
			'two groups with trials',
			[
				{ k: 1, n: 3 },
				{ k: 2, n: 5 },
				{ k: 0, n: 0 }
			]
		],
		['no successes', Array.from({ length: 9 }, (_, n) => ({ k: 0, n }))],
		['no failures', Array.from({ length: 9 }, (_, n) => ({ k: n, n }))]
	])('cannot be learnt from %s', (_, groups) => {
		expect(fitBetaBinomial(groups)).toBeNull();
	});

	test('weighs no more than all trials, where groups differ no more than by chance', () => {
		const prior = fit(Array.from({ length: 12 }, () => ({ k: 3, n: 100 })));
		expect(weightOf(prior)).toBeCloseTo(1200, 6);
		expect(prior.a / 1200).toBeCloseTo(0.03, 3);
	});

	test('weighs no less than one trial, where groups are all or nothing', () => {
		const prior = fit([
			{ k: 9, n: 9 },
			{ k: 0, n: 9 },
			{ k: 0, n: 9 }
		]);
		expect(weightOf(prior)).toBeCloseTo(1, 9);
		expect(prior.a).toBeLessThan(prior.b);
	});

	test('weighs as much as all trials, where no group has two', () => {
		const prior = fit([1, 0, 0, 0].map((k) => ({ k, n: 1 })));
		expect(prior.a).toBeCloseTo(1, 9);
		expect(prior.b).toBeCloseTo(3, 9);
	});

	test('is the best of several, where the likelihood has several tops', () => {
		const groups = [
			{ k: 0, n: 8 },
			{ k: 0, n: 9 },
			{ k: 19, n: 146 },
			{ k: 18, n: 124 },
			{ k: 0, n: 19 },
			{ k: 0, n: 8 }
		];
		const found = logLikelihood(groups, fit(groups));
		// The least weight, and as much as all trials.
		expect(found).toBeGreaterThan(logLikelihood(groups, { a: 35.26, b: 278.74 }));
		expect(found).toBeGreaterThan(logLikelihood(groups, { a: 1.47, b: 16.25 }));
	});

	test('is found among very large groups beside very small ones', () => {
		const groups = [
			{ k: 21_000, n: 1_000_000 },
			{ k: 900, n: 90_000 },
			{ k: 1, n: 2 },
			{ k: 0, n: 1 },
			{ k: 4, n: 100 }
		];
		expectGreatest(groups, fit(groups));
	});

	test('of 20,000 groups is found in an instant', () => {
		const groups = Array.from({ length: 20_000 }, (_, index) => {
			const n = 1 + Math.floor(Math.exp((index % 997) / 110));
			return { k: Math.floor((n * (index % 53)) / 1000), n };
		});
		fitBetaBinomial(groups);
		const start = performance.now();
		const prior = fit(groups);
		// Some 20 ms on a quiet machine; the bound only catches a cost of another order.
		expect(performance.now() - start).toBeLessThan(2_000);
		expectGreatest(groups, prior);
	});
});

/** No prior around is more likely. */
function expectGreatest(groups: readonly Group[], prior: Prior): void {
	const trials = totalOf(groups.map(({ n }) => n));
	const found = logLikelihood(groups, prior);
	for (const [byA, byB] of [
		[1.02, 1],
		[0.98, 1],
		[1, 1.02],
		[1, 0.98],
		[1.02, 1.02],
		[0.98, 0.98],
		[4, 4],
		[0.25, 0.25]
	] as const) {
		const other = { a: prior.a * byA, b: prior.b * byB };
		if (weightOf(other) < 1 || weightOf(other) > trials) continue;
		expect(logLikelihood(groups, other)).toBeLessThan(found + 1e-9 * Math.abs(found));
	}
}

const groupArbitrary = fc
	.tuple(fc.nat({ max: 60 }), fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 5_000 })))
	.map(([k, failures]): Group => ({ k, n: k + failures }));
const priorArbitrary = fc
	.tuple(
		fc.double({ min: 0.01, max: 50, noNaN: true }),
		fc.double({ min: 0.01, max: 2_000, noNaN: true })
	)
	.map(([a, b]): Prior => ({ a, b }));

test('the prior of any groups is one of the most likely within its bounds', () => {
	fc.assert(
		fc.property(fc.array(groupArbitrary, { minLength: 3, maxLength: 30 }), (groups) => {
			const prior = fitBetaBinomial(groups);
			if (prior === null) return;
			const trials = totalOf(groups.map(({ n }) => n));
			expect(weightOf(prior)).toBeGreaterThan(1 - 1e-9);
			expect(weightOf(prior)).toBeLessThan(trials * (1 + 1e-9));
			expectGreatest(groups, prior);
		})
	);
});

describe('a posterior', () => {
	const order = ({ low, low5, estimate, high }: Posterior): readonly number[] => [
		0,
		low,
		low5,
		estimate,
		high,
		1
	];

	test('lies between the raw rate and the mean of the prior', () => {
		fc.assert(
			fc.property(groupArbitrary, priorArbitrary, (group, prior) => {
				const mean = prior.a / weightOf(prior);
				const raw = group.n === 0 ? mean : group.k / group.n;
				const { estimate } = posterior(group, prior);
				expect(estimate).toBeGreaterThanOrEqual(Math.min(raw, mean) - 1e-12);
				expect(estimate).toBeLessThanOrEqual(Math.max(raw, mean) + 1e-12);
			})
		);
	});

	test('has its quantiles in order, and the 95 % interval holds the rate it is most about', () => {
		fc.assert(
			fc.property(groupArbitrary, priorArbitrary, (group, prior) => {
				const { low, low5, high } = posterior(group, prior);
				expect([...[0, low, low5, high, 1]].sort((x, y) => x - y)).toEqual([0, low, low5, high, 1]);
			})
		);
	});

	test('holds its estimate, wherever the prior with the data has a hump', () => {
		fc.assert(
			fc.property(groupArbitrary, priorArbitrary, ({ k, n }, { a, b }) => {
				const found = order(posterior({ k: k + 1, n: n + 2 }, { a: a + 1, b: b + 1 }));
				expect(found).toEqual([...found].sort((x, y) => x - y));
			})
		);
	});

	test('rises with the successes', () => {
		fc.assert(
			fc.property(groupArbitrary, priorArbitrary, ({ k, n }, prior) => {
				const less = posterior({ k, n: n + 1 }, prior);
				const more = posterior({ k: k + 1, n: n + 1 }, prior);
				expect(more.estimate).toBeGreaterThan(less.estimate);
				expect(more.low5).toBeGreaterThanOrEqual(less.low5);
				expect(more.high).toBeGreaterThanOrEqual(less.high);
			})
		);
	});

	test('keeps the order of rates among groups of one size', () => {
		fc.assert(
			fc.property(
				fc.array(groupArbitrary, { minLength: 3, maxLength: 12 }),
				priorArbitrary,
				(groups, prior) => {
					const size = Math.max(...groups.map(({ k }) => k));
					const means = groups
						.map(({ k }) => k)
						.toSorted((x, y) => x - y)
						.map((k) => posteriorMean({ k, n: size }, prior));
					expect(means).toEqual(means.toSorted((x, y) => x - y));
				}
			)
		);
	});

	test('narrows with more of the same data', () => {
		fc.assert(
			fc.property(
				groupArbitrary.filter(({ k, n }) => k > 0 && k < n),
				({ k, n }) => {
					const prior = { a: k, b: n - k };
					const width = (times: number): number => {
						const { low, high } = posterior({ k: k * times, n: n * times }, prior);
						return high - low;
					};
					expect(width(4)).toBeLessThan(width(1));
					expect(width(1)).toBeLessThan(width(0));
				}
			)
		);
	});

	test('of a group without trials is the prior', () => {
		const found = posterior({ k: 0, n: 0 }, { a: 1, b: 1 });
		expect(found.estimate).toBe(0.5);
		expect(found.low5).toBeCloseTo(0.05, 12);
		expect(found.low).toBeCloseTo(0.025, 12);
		expect(found.high).toBeCloseTo(0.975, 12);
	});
});
