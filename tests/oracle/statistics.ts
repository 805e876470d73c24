const Z = 1.959963984540054;

/** 95 % Wilson interval of k of n; null where n is zero. */
export function wilson(
	k: number,
	n: number
): { readonly low: number; readonly high: number } | null {
	if (n === 0) return null;
	const p = k / n;
	const scale = 1 + (Z * Z) / n;
	const centre = (p + (Z * Z) / (2 * n)) / scale;
	const half = (Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n))) / scale;
	return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** R-7 quantile; null of nothing. */
export function quantile(values: readonly number[], q: number): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const position = (sorted.length - 1) * q;
	const below = sorted[Math.floor(position)];
	const above = sorted[Math.ceil(position)];
	if (below === undefined || above === undefined) return null;
	return below + (above - below) * (position - Math.floor(position));
}

export function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

/** Missing where the denominator is zero. */
export function ratio(numerator: number, denominator: number): number | null {
	return denominator === 0 ? null : numerator / denominator;
}
