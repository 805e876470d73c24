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

/** How much of a beta distribution lies below x, by Simpson's rule on w, with x times a power of w that is smooth at 0. */
export function betaShareBelow(x: number, a: number, b: number): number {
	if (x > 0.5) return 1 - betaShareBelow(1 - x, b, a);
	const panels = 2000;
	const power = Math.max(1, 4 / a);
	const heights = Array.from({ length: panels + 1 }, (_, i) => {
		const weight = i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2;
		const w = i / panels;
		return weight * power * w ** (power * a - 1) * (1 - x * w ** power) ** (b - 1);
	});
	const logScale = a * Math.log(x) + logGamma(a + b) - logGamma(a) - logGamma(b);
	return (Math.exp(logScale) * sum(heights)) / (3 * panels);
}

/** Stirling's series, after steps up to where it holds. */
function logGamma(x: number): number {
	if (x < 12) return logGamma(x + 1) - Math.log(x);
	const correction = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
	return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + correction;
}
