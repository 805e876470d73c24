const ROUNDS = 100;

/**
 * Where a smooth function falls through zero between `low` and `high`, where it is positive and negative, to within
 * `tolerance`. Secants from `start` on, and halving where they lead nowhere.
 */
export function fallingRoot(
	valueAt: (x: number) => number,
	low: number,
	high: number,
	start = (low + high) / 2,
	tolerance = 1e-9
): number {
	let [a, b] = [low, high];
	let x = Math.min(Math.max(start, low), high);
	let value = valueAt(x);
	let slope = Number.NaN;
	for (let round = 1; round <= ROUNDS; round += 1) {
		if (value === 0) return x;
		if (value > 0) a = x;
		else b = x;
		const secant = x - value / slope;
		// The first slope is a guess that holds for functions that hardly bend.
		const next =
			round === 1
				? Math.min(Math.max(x + value, a), b)
				: round % 8 !== 0 && secant >= a && secant <= b
					? secant
					: (a + b) / 2;
		if (Math.abs(next - x) < tolerance) return next;
		const before = value;
		value = valueAt(next);
		slope = (value - before) / (next - x);
		x = next;
	}
	return x;
}
