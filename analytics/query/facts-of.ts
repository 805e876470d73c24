import { factOf } from '../fact-of.ts';
import { METRICS, type MetricId } from '../metrics.ts';
import type { Grouping } from './compile.ts';
import type { StoredFact } from './filter-condition.ts';

/** The facts that answer a metric by groups; null where none can. */
export function factsOf(id: MetricId, by: readonly Grouping[]): readonly StoredFact[] | null {
	const metric = METRICS[id];
	switch (metric.kind) {
		case 'base': {
			const fact = factOf(metric, by);
			return fact === null ? null : [fact];
		}
		case 'ratio': {
			const numerator = factsOf(metric.numerator, by);
			const denominator = factsOf(metric.denominator, by);
			return numerator === null || denominator === null ? null : [...numerator, ...denominator];
		}
		case 'bound':
			return factsOf(metric.of, by);
		case 'report':
			return null;
	}
}
