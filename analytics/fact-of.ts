import { DIMENSIONS, type DimensionId } from './dimensions.ts';
import type { BaseMetric, FactName } from './metrics.ts';

/** The first fact of a metric that knows every group; null where none does. */
export function factOf(
	{ facts }: BaseMetric,
	by: readonly (DimensionId | 'date')[]
): Exclude<FactName, 'catalogue'> | null {
	const stored = facts.filter((fact) => fact !== 'catalogue');
	return (
		stored.find((fact) =>
			by.every((key) => key === 'date' || DIMENSIONS[key].columns[fact] !== undefined)
		) ?? null
	);
}
