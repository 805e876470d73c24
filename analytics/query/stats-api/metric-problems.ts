import type { MetricId } from '../../metrics.ts';
import { factsOf } from '../facts-of.ts';
import { GOAL_FACTS } from '../filter-condition.ts';
import { leavesOf } from '../filter-tree.ts';
import { engineMetric, goalMetrics } from './engine-metric.ts';
import type { StatsQuery } from './parse.ts';
import { problem, type Problem } from './problem.ts';
import type { StatsQueryBody } from './schema.ts';

type Meaning = Pick<StatsQuery, 'metrics' | 'dimensions' | 'by' | 'filters' | 'goals'>;

/** Metrics that cannot be had with these dimensions and filters. */
export function metricProblems(query: Meaning, body: StatsQueryBody): readonly Problem[] {
	const { metrics, dimensions, by, filters, goals } = query;
	const byGoal = dimensions.some(({ dimension }) => dimension.kind === 'goal');
	const ofEvents = dimensions.filter(
		({ dimension }) =>
			dimension.kind === 'goal' || ('event' in dimension && dimension.event === true)
	);
	const leaves = filters.flatMap(leavesOf);
	const filtersPages = leaves.some((leaf) => 'dimension' in leaf && leaf.dimension === 'page');
	const reached = leaves.some((leaf) => 'goals' in leaf);
	const found: Problem[] = [];
	const refuse = (name: string, allowed: string, message: string): void =>
		void found.push({
			...problem(
				`#/metrics/${body.metrics.findIndex((id) => id === name)}`,
				name,
				allowed,
				message
			),
			isGeneral: true
		});

	const sessions = metrics.filter(
		({ metric }) => metric.kind === 'metric' && metric.session === true
	);
	if (sessions.length > 0 && ofEvents.length > 0) {
		const names = sessions.map(({ name }) => name).join(', ');
		refuse(
			sessions[0]?.name ?? '',
			'visit and time dimensions',
			`Session metric(s) \`${names}\` cannot be queried along with event dimensions`
		);
		return found;
	}
	for (const { name, metric } of metrics) {
		if (metric.kind === 'share') {
			if (metric.of !== 'all' && goals === null && !byGoal)
				refuse(
					name,
					'a filter on event:goal, or event:goal among the dimensions',
					`Metric \`${name}\` can only be queried with event:goal filters or dimensions`
				);
			else if (metric.of === 'all' && dimensions.length === 0)
				refuse(name, 'dimensions', `Metric \`${name}\` can only be queried with dimensions`);
			else refuseUnanswered(name, ['visitors']);
		} else if (metric.kind === 'goal_events') {
			if (goals === null && !byGoal)
				refuse(
					name,
					'a filter on event:goal, or event:goal among the dimensions; pageviews for page views',
					`Metric \`${name}\` can only be queried with event:goal filters or dimensions`
				);
			else if (!byGoal && goals !== null && goals.length > 1 && goals.includes('conversion'))
				refuse(
					name,
					'one goal, or goals without conversion',
					`Metric \`${name}\` cannot be queried with \`conversion\` beside other goals: a subscribe is a conversion too`
				);
			else refuseUnanswered(name, goalMetrics(goals), true);
		} else if (name === 'views_per_visit' && filtersPages)
			refuse(
				name,
				'filters on what a visit has',
				`Metric \`${name}\` cannot be queried with a filter on \`event:page\``
			);
		else refuseUnanswered(name, [engineMetric(metric, dimensions)]);
	}
	return found;

	function refuseUnanswered(name: string, ids: readonly MetricId[], countsGoals = false): void {
		const facts = ids.map((id) => factsOf(id, by));
		const known = facts.flatMap((names) => names ?? []);
		if (facts.includes(null))
			refuse(
				name,
				'dimensions that the metric has',
				`Metric \`${name}\` cannot be queried along with the dimensions ${body.dimensions.map((id) => `\`${id}\``).join(', ')}`
			);
		else if (
			!countsGoals &&
			(goals !== null || byGoal) &&
			!known.every((fact) => GOAL_FACTS.row.includes(fact))
		)
			refuse(
				name,
				'no event:goal',
				`Metric \`${name}\` cannot be queried with event:goal filters or dimensions`
			);
		else if (reached && !known.every((fact) => GOAL_FACTS.visit.includes(fact)))
			refuse(
				name,
				'no has_done',
				`Metric \`${name}\` cannot be queried with has_done or has_not_done`
			);
	}
}
