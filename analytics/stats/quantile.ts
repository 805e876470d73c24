/**
 * Quantile of type R-7 (Hyndman and Fan 1996, definition 7; DuckDB's `quantile_cont`): linear between order
 * statistics. `share` is between 0 and 1; null for no values.
 */
export function quantile(values: readonly number[], share: number): number | null {
	const sorted = [...values].sort((a, b) => a - b);
	const position = (sorted.length - 1) * share;
	const below = sorted[Math.floor(position)];
	const above = sorted[Math.ceil(position)];
	if (below === undefined || above === undefined) return null;
	return below + (above - below) * (position - Math.floor(position));
}
