import { METRICS, type BaseMetric, type MetricId } from '../metrics.ts';

/** A metric that the store aggregates, by its id. */
export type AskedMetric = readonly [MetricId, BaseMetric];

/** The base metrics that a list of metrics rests on. */
export function baseMetrics(metrics: readonly MetricId[]): readonly AskedMetric[] {
	const found = new Map<MetricId, BaseMetric>();
	const visit = (id: MetricId): void => {
		const metric = METRICS[id];
		switch (metric.kind) {
			case 'base':
				found.set(id, metric);
				break;
			case 'ratio':
				visit(metric.numerator);
				visit(metric.denominator);
				break;
			case 'bound':
				visit(metric.of);
				break;
			case 'report':
				break;
		}
	};
	metrics.forEach(visit);
	return [...found].filter(([, metric]) => !metric.facts.includes('catalogue'));
}
