/** Terms that are added one by one; past them the error of the approximation is below 1e-10 for each value. */
const HEAD = 128;
const NEAR_OVERFLOW = 1e250;

/**
 * The slope at x of ln x(x + 1)...(x + v - 1), summed over the values v: the sum of 1 / (x + i) for i below v.
 * A value costs the same whatever its size.
 */
export function risingSlope(values: readonly number[]): (x: number) => number {
	const above = countsAbove(values);
	const tails = Float64Array.from(values.filter((value) => value > HEAD));
	return (x) => {
		let sum = 0;
		for (let i = 0; i < HEAD; i += 1) sum += (above[i] ?? 0) / (x + i);
		return sum + tailSum(tails, x);
	};
}

/** How many values are greater than i, for each i in the head. */
function countsAbove(values: readonly number[]): Float64Array {
	const counts = new Float64Array(HEAD);
	for (const value of values) {
		const last = Math.min(value, HEAD) - 1;
		if (last >= 0) counts[last] = (counts[last] ?? 0) + 1;
	}
	for (let i = HEAD - 2; i >= 0; i -= 1) counts[i] = (counts[i] ?? 0) + (counts[i + 1] ?? 0);
	return counts;
}

/**
 * Sum of 1 / (x + i) for i from HEAD up to each value, by the midpoint rule with its first correction (Euler and
 * Maclaurin): ln(to / from) + (1 / to² - 1 / from²) / 24. Logarithms are slow, so it takes them of products.
 */
function tailSum(values: Float64Array, x: number): number {
	const from = x + HEAD - 0.5;
	const scale = 1 / from;
	let logs = 0;
	let product = 1;
	let corrections = -values.length * scale * scale;
	for (const value of values) {
		const to = x + value - 0.5;
		corrections += 1 / (to * to);
		product *= to * scale;
		if (product > NEAR_OVERFLOW) {
			logs += Math.log(product);
			product = 1;
		}
	}
	return logs + Math.log(product) + corrections / 24;
}
