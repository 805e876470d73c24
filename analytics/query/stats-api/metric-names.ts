import { keysOf } from '../../keys-of.ts';
import { METRICS, type MetricId } from '../../metrics.ts';

/** What a name of the Stats API asks for. */
export type ApiMetric =
	| {
			readonly kind: 'metric';
			readonly id: MetricId;
			/** The same where rows are grouped by what an event has and a visit has not. */
			readonly byEvent?: MetricId;
			/** How Plausible writes it; Byline's own metrics are neither scaled nor rounded. */
			readonly scale?: number;
			readonly decimals?: number;
			/** Plausible answers it for visits only. */
			readonly session?: true;
	  }
	/** Visitors of the row, in per cent of other visitors. */
	| { readonly kind: 'share'; readonly of: 'all' | 'all_without_goal' | 'group_without_goal' }
	/** How often the goals were reached. */
	| { readonly kind: 'goal_events' };

/** Plausible's metrics by Byline's. Per cent, whole seconds and rounding are Plausible's. */
const PLAUSIBLE_METRICS = {
	visitors: { kind: 'metric', id: 'visitors' },
	visits: { kind: 'metric', id: 'visits', byEvent: 'viewing_visits' },
	pageviews: { kind: 'metric', id: 'page_views' },
	views_per_visit: { kind: 'metric', id: 'views_per_visit', decimals: 2, session: true },
	bounce_rate: { kind: 'metric', id: 'bounce_rate', scale: 100, decimals: 2, session: true },
	visit_duration: { kind: 'metric', id: 'visit_seconds_avg', decimals: 0, session: true },
	scroll_depth: { kind: 'metric', id: 'depth_avg', decimals: 0 },
	time_on_page: { kind: 'metric', id: 'engaged_seconds_avg', decimals: 0 },
	events: { kind: 'goal_events' },
	percentage: { kind: 'share', of: 'all' },
	conversion_rate: { kind: 'share', of: 'all_without_goal' },
	group_conversion_rate: { kind: 'share', of: 'group_without_goal' }
} as const satisfies Readonly<Record<string, ApiMetric>>;

/** Plausible's metrics that Byline keeps nothing for. */
export const MISSING_METRICS: Readonly<Record<string, string>> = {
	average_revenue: 'Byline keeps no revenue',
	total_revenue: 'Byline keeps no revenue',
	exit_rate: 'ask for exits'
};

/** Says that a name is Byline's where Plausible means something else by it. */
const OWN = 'byline:';

const own = keysOf(METRICS)
	.filter((id) => METRICS[id].kind !== 'report' && id !== 'posts')
	.map((id): readonly [MetricId, ApiMetric] => [id, { kind: 'metric', id }]);

/** Every metric of the Stats API by name: Plausible's, then Byline's own, which `byline:` may stand before. */
export const API_METRICS: ReadonlyMap<string, ApiMetric> = new Map<string, ApiMetric>([
	...own,
	...own.map(([id, metric]): readonly [string, ApiMetric] => [`${OWN}${id}`, metric]),
	...keysOf(PLAUSIBLE_METRICS).map((name): readonly [string, ApiMetric] => [
		name,
		PLAUSIBLE_METRICS[name]
	])
]);
