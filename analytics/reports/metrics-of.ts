import type { DimensionId } from '../dimensions.ts';
import { METRICS, type MetricId } from '../metrics.ts';
import { definitionOf, REPORTS } from './registry.ts';
import type { ReportId } from './report-ids.ts';

/** The metrics that a report can show in columns of their own; the ends of intervals stand with their rates. */
export function metricsOf(id: ReportId, by: readonly DimensionId[] | null): readonly MetricId[] {
	const { metrics } = definitionOf(id, by) ?? REPORTS[id];
	return metrics.filter((metric) => METRICS[metric].kind !== 'bound');
}

/**
 * Metrics with what their cells need beside them: a rate its interval, numerator and denominator as far as the report
 * has them, an estimate the rate that it is of.
 */
export function withCompanions(
	id: ReportId,
	by: readonly DimensionId[] | null,
	metrics: readonly MetricId[]
): readonly MetricId[] {
	const { metrics: all } = definitionOf(id, by) ?? REPORTS[id];
	const rates = metrics.map((metric) => metric.replace(/_(estimate|floor)$/, ''));
	return all.filter((metric) => {
		const definition = METRICS[metric];
		return (
			metrics.includes(metric) ||
			rates.includes(definition.kind === 'bound' ? definition.of : metric) ||
			metrics.some((name) => isPartOf(metric, name))
		);
	});
}

function isPartOf(part: MetricId, name: MetricId): boolean {
	const metric = METRICS[name];
	return metric.kind === 'ratio' && (metric.numerator === part || metric.denominator === part);
}
