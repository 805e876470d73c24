import { DIMENSIONS, type DimensionId } from './dimensions.ts';
import { keysOf } from './keys-of.ts';
import { METRICS, type MetricId } from './metrics.ts';

/** The dimensions over which the rows of a metric add up to its total. */
export function additiveDimensions(id: MetricId): readonly DimensionId[] {
	const { additive, ...metric } = METRICS[id];
	const facts = metric.kind === 'base' ? metric.facts : null;
	const isKnown = (name: DimensionId): boolean =>
		facts?.some((fact) => DIMENSIONS[name].columns[fact] !== undefined) ?? true;
	return additive.dimensions === 'one_value'
		? keysOf(DIMENSIONS).filter((name) => DIMENSIONS[name].via === undefined && isKnown(name))
		: additive.dimensions.filter(isKnown);
}
