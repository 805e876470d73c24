const Z = 1.959963984540054;

/** A closed interval of a rate. */
export interface Interval {
	readonly low: number;
	readonly high: number;
}

/**
 * 95 % Wilson score interval of `successes` out of `trials`; null without trials.
 * Newcombe 1998, Statistics in Medicine 17:857-872, method 3.
 */
export function wilson(successes: number, trials: number): Interval | null {
	if (!(trials > 0)) return null;
	const p = successes / trials;
	const zz = Z * Z;
	const centre = (p + zz / (2 * trials)) / (1 + zz / trials);
	const half =
		(Z * Math.sqrt((p * (1 - p)) / trials + zz / (4 * trials * trials))) / (1 + zz / trials);
	return {
		low: successes === 0 ? 0 : Math.max(0, centre - half),
		high: successes === trials ? 1 : Math.min(1, centre + half)
	};
}
