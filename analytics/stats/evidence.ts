import type { Interval } from './wilson.ts';

/** What a post's interval says against the blog's mean. */
export type Evidence = 'above' | 'below' | 'near' | 'too_early';

/** By how much the odds have to differ to matter: at small rates half as much again, or a third less. */
const WIDE_MARGIN = 1.5;

/**
 * Words the interval of a rate against the blog's mean:
 *
 * - `above`, `below`: the whole interval lies on that side of the mean;
 * - `too_early`: the interval covers the mean and reaches at least 1.5 times its odds as well as two thirds of them, so
 *   that a clearly better post and a clearly worse one are both still possible;
 * - `near`: the interval covers the mean and rules out at least one of the two.
 *
 * Odds instead of rates keep the rule the same for successes and failures, and within reach for large rates.
 */
export function evidence({ low, high }: Interval, mean: number): Evidence {
	if (low > mean) return 'above';
	if (high < mean) return 'below';
	const middle = odds(mean);
	return odds(low) * WIDE_MARGIN <= middle && odds(high) >= middle * WIDE_MARGIN
		? 'too_early'
		: 'near';
}

function odds(rate: number): number {
	return rate / (1 - rate);
}
