import type { MetricId } from '../metrics.ts';

export type GoalId = 'subscribe' | 'cta_click' | 'comment' | 'conversion';

interface GoalDefinition {
	/** How often it was reached. */
	readonly events: MetricId;
	/** Whether a row `f` of `readings` reached it. */
	readonly reading: string;
	/** Whether an event `e` is one of it. */
	readonly event: string;
}

/** What a reader can do that counts, by the name that a filter on `event:goal` gives it. */
export const GOALS: Readonly<Record<GoalId, GoalDefinition>> = {
	subscribe: { events: 'subscribes', reading: 'f.subscribed', event: "e.name = 'subscribe'" },
	cta_click: { events: 'cta_clicks', reading: 'f.cta_clicked', event: "e.name = 'cta_click'" },
	comment: { events: 'comments', reading: 'f.comments > 0', event: "e.name = 'comment'" },
	conversion: {
		events: 'conversions',
		reading: 'f.converted',
		event: "e.name in ('subscribe', 'cta_click')"
	}
};
