import { DIMENSIONS } from '../dimensions.ts';
import { METRICS, type BaseMetric, type MetricId } from '../metrics.ts';
import type { Grouping } from './compile.ts';
import type { StoredFact } from './filter-condition.ts';

/** The first fact of a metric that knows every group; null where none does. */
export function factOf({ facts }: BaseMetric, by: readonly Grouping[]): StoredFact | null {
	const stored = facts.filter((fact) => fact !== 'catalogue');
	const knows = (fact: StoredFact): boolean =>
		by.every((key) => key === 'date' || DIMENSIONS[key].columns[fact] !== undefined);
	return stored.find(knows) ?? null;
}

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
