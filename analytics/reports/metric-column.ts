import { METRICS, type MetricId } from '../metrics.ts';
import type { Column } from './result.ts';

/** The column of a metric, as its one definition gives it. */
export function metricColumn(id: MetricId): Column {
	const metric = METRICS[id];
	const { label, unit, direction, definition } = metric;
	const ratio = metric.kind === 'bound' ? METRICS[metric.of] : metric;
	return {
		id,
		label,
		kind: 'metric',
		unit,
		direction,
		definition,
		...(ratio.kind === 'ratio'
			? { numerator: ratio.numerator, denominator: ratio.denominator }
			: {})
	};
}
