import { keysOf } from '../../keys-of.ts';
import type { MetricId } from '../../metrics.ts';
import { GOALS, type GoalId } from '../goals.ts';
import type { ApiMetric } from './metric-names.ts';
import type { StatsQuery } from './parse.ts';

/** The metric that the engine is asked for, given what it is grouped by. */
export function engineMetric(
	metric: Extract<ApiMetric, { readonly kind: 'metric' }>,
	dimensions: StatsQuery['dimensions']
): MetricId {
	return metric.byEvent !== undefined &&
		dimensions.some(({ dimension }) => 'event' in dimension && dimension.event)
		? metric.byEvent
		: metric.id;
}

/** What counts how often the goals were reached; all goals where none is named. */
export function goalMetrics(goals: readonly GoalId[] | null): readonly MetricId[] {
	return [...new Set(goals ?? keysOf(GOALS))].map((goal) => GOALS[goal].events);
}
