import betaln from '@stdlib/math-base-special-betaln';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { risingSlope } from './rising-slope.ts';
import { fallingRoot } from './root.ts';
import type { Interval } from './wilson.ts';

/** `k` of `n`. */
export interface Group {
	readonly k: number;
	readonly n: number;
}

/** A beta distribution of rates: what is known about the rate of a group before it has any data. */
export interface Prior {
	readonly a: number;
	readonly b: number;
}

/** What is known about a group's rate. `low` and `high` are its 95 % interval, `low5` its 5 % quantile. */
export interface Posterior extends Interval {
	readonly estimate: number;
	readonly low5: number;
}

const FEWEST_GROUPS = 3;
/** Stretches of weights that are searched apart: with few groups the likelihood can have several tops. */
const STRETCHES = 8;

/**
 * The beta prior of maximum likelihood for beta-binomial groups (empirical Bayes). Groups without trials say nothing.
 *
 * a + b is what the prior weighs, in trials. Its likelihood can grow without end, towards infinity where groups differ no
 * more than chance lets them and towards zero where each is all or nothing, so it is kept between one trial and all
 * trials there are: a prior of that weight is about as sure as the pooled rate itself. Where no group has two trials
 * every weight is as likely, and the upper end is taken.
 *
 * Null where nothing can be learnt: fewer than three groups, or successes in none or in all of the trials.
 */
export function fitBetaBinomial(groups: readonly Group[]): Prior | null {
	const used = groups.filter(({ n }) => n > 0);
	const trials = used.reduce((sum, { n }) => sum + n, 0);
	const successes = used.reduce((sum, { k }) => sum + k, 0);
	if (used.length < FEWEST_GROUPS || successes === 0 || successes === trials) return null;

	const { bestAt, slopeAt } = profile(used);
	const highest = Math.log(trials);
	if (used.every(({ n }) => n === 1)) return bestAt(highest);
	const edges = Array.from({ length: STRETCHES + 1 }, (_, i) => (highest * i) / STRETCHES);
	const slopes = edges.map(slopeAt);
	const tops = edges.flatMap((edge, i) => {
		const slope = slopes[i] ?? 0;
		const next = edges[i + 1];
		if (i === 0 && slope <= 0) return [edge];
		if (slope <= 0) return [];
		if (next === undefined) return [edge];
		return (slopes[i + 1] ?? 0) <= 0 ? [fallingRoot(slopeAt, edge, next)] : [];
	});
	const priors = tops.map(bestAt);
	const [first] = priors;
	if (first === undefined || priors.length === 1) return first ?? null;
	return priors.reduce((best, prior) =>
		logLikelihood(used, prior) > logLikelihood(used, best) ? prior : best
	);
}

/** The best prior of each weight, and the sign of the slope of its likelihood, over the logarithm of the weight. */
function profile(groups: readonly Group[]): {
	readonly bestAt: (logWeight: number) => Prior;
	readonly slopeAt: (logWeight: number) => number;
} {
	const ks = groups.map(({ k }) => k);
	const failures = groups.map(({ k, n }) => n - k);
	const slopeA = risingSlope(ks);
	const slopeB = risingSlope(failures);
	const slopeN = risingSlope(groups.map(({ n }) => n));
	// a * slopeA(a) lies between how many groups have a success and all successes, b * slopeB(b) alike for failures;
	// where the mean is best for a weight, the ratio of the two is the odds of the mean.
	const least = Math.log(countPositive(ks) / sumOf(failures));
	const most = Math.log(sumOf(ks) / countPositive(failures));
	let logOddsBefore = Math.log(sumOf(ks) / sumOf(failures));
	const bestAt = (logWeight: number): Prior => {
		const weight = Math.exp(logWeight);
		const priorOf = (logOdds: number): Prior => ({
			a: weight / (1 + Math.exp(-logOdds)),
			b: weight / (1 + Math.exp(logOdds))
		});
		const excess = (logOdds: number): number => {
			const { a, b } = priorOf(logOdds);
			return Math.log((a * slopeA(a)) / (b * slopeB(b))) - logOdds;
		};
		logOddsBefore = fallingRoot(excess, least, most, logOddsBefore);
		return priorOf(logOddsBefore);
	};
	const slopeAt = (logWeight: number): number => {
		const { a, b } = bestAt(logWeight);
		const weight = a + b;
		return Math.log((a * slopeA(a) + b * slopeB(b)) / (weight * slopeN(weight)));
	};
	return { bestAt, slopeAt };
}

function sumOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}

function countPositive(values: readonly number[]): number {
	return values.filter((value) => value > 0).length;
}

/** Up to a constant of the groups. */
function logLikelihood(groups: readonly Group[], { a, b }: Prior): number {
	return sumOf(groups.map(({ k, n }) => betaln(k + a, n - k + b) - betaln(a, b)));
}

/** The mean of a group's rate, between its own rate and the prior's mean. */
export function posteriorMean({ k, n }: Group, { a, b }: Prior): number {
	return (k + a) / (n + a + b);
}

/** The rate below which a group's rate lies with probability `share`. */
export function posteriorQuantile({ k, n }: Group, { a, b }: Prior, share: number): number {
	return betaQuantile(share, k + a, n - k + b);
}

/** What prior and data together say about a group's rate. */
export function posterior(group: Group, prior: Prior): Posterior {
	return {
		estimate: posteriorMean(group, prior),
		low5: posteriorQuantile(group, prior, 0.05),
		low: posteriorQuantile(group, prior, 0.025),
		high: posteriorQuantile(group, prior, 0.975)
	};
}
