import { DIMENSIONS, type DimensionId } from './dimensions.ts';
import { keysOf } from './keys-of.ts';
import { METRICS, type MetricId } from './metrics.ts';

/** The dimensions over which the rows of a metric add up to its total. */
export function additiveDimensions(id: MetricId): readonly DimensionId[] {
	const { additive, ...metric } = METRICS[id];
	if (additive.dimensions !== 'one_value') return additive.dimensions;
	const facts = metric.kind === 'base' ? metric.facts : [];
	return keysOf(DIMENSIONS).filter((name) => {
		const { columns, via } = DIMENSIONS[name];
		return via === undefined && facts.some((fact) => columns[fact] !== undefined);
	});
}
