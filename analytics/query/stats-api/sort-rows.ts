import type { StatsQuery } from './parse.ts';
import type { StatsRow } from './result.ts';

type Key = (row: StatsRow) => string | number | null;

/** Rows in the order asked for, then by their dimensions, so that pages never overlap. Missing figures come last. */
export function sortRows(
	rows: readonly StatsRow[],
	{ orderBy, metrics, dimensions }: Pick<StatsQuery, 'orderBy' | 'metrics' | 'dimensions'>
): readonly StatsRow[] {
	const keyOf = (name: string): Key => {
		const metric = metrics.findIndex((known) => known.name === name);
		if (metric >= 0) return (row) => row.metrics[metric] ?? null;
		const dimension = dimensions.findIndex((known) => known.name === name);
		return (row) => row.dimensions[dimension] ?? null;
	};
	const orders = [...orderBy, ...dimensions.map(({ name }) => [name, 'asc'] as const)].map(
		([name, direction]) => ({ key: keyOf(name), sign: direction === 'desc' ? -1 : 1 })
	);
	return [...rows].sort((a, b) => {
		for (const { key, sign } of orders) {
			const order = compare(key(a), key(b), sign);
			if (order !== 0) return order;
		}
		return 0;
	});
}

function compare(a: string | number | null, b: string | number | null, sign: number): number {
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	return a === b ? 0 : a < b ? -sign : sign;
}
