import type { Group } from './beta-binomial.ts';
import { wilson, type Interval } from './wilson.ts';

/** A difference of two rates with its 95 % interval. */
export interface Difference extends Interval {
	readonly difference: number;
}

/**
 * Rate of `first` less rate of `second`, with its 95 % hybrid score interval; null where either has no trials.
 * Newcombe 1998, Statistics in Medicine 17:873-890, method 10.
 */
export function newcombe(first: Group, second: Group): Difference | null {
	const one = wilson(first.k, first.n);
	const two = wilson(second.k, second.n);
	if (one === null || two === null) return null;
	const p = first.k / first.n;
	const q = second.k / second.n;
	const difference = p - q;
	return {
		difference,
		low: difference - Math.hypot(p - one.low, two.high - q),
		high: difference + Math.hypot(one.high - p, q - two.low)
	};
}
