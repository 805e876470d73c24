import { DEFAULT_PLACEMENT } from './event.ts';
import { cleanText, type WireEvent } from './wire.ts';

/** What a custom event of another system means here. */
export interface Goal {
	readonly kind: GoalKind;
	/** The form or the call to action; null takes it from the event. */
	readonly name: string | null;
}

export type GoalKind = 'subscribe' | 'cta_click';

/** What Plausible's script sends for any form of a page. */
const FORM_SUBMISSION = 'Form: Submission';

/** Event names that mean the same on every site; a site may name them otherwise. */
export const DEFAULT_GOALS: ReadonlyMap<string, Goal> = new Map([
	[FORM_SUBMISSION, { kind: 'subscribe', name: null }]
]);

/** Names with a meaning of their own, which no goal changes. */
export const BUILT_IN_NAMES: ReadonlySet<string> = new Set([
	'pageview',
	'engagement',
	'cta_view',
	'cta_click',
	'subscribe',
	'comment'
]);

/** The event as the goal reads it: a subscribe with its form, or a click on a call to action. */
export function applyGoal(wire: WireEvent, { kind, name }: Goal): WireEvent {
	if (kind === 'subscribe') {
		const path = wire.name === FORM_SUBMISSION ? wire.props?.['path'] : undefined;
		return { ...wire, name: 'subscribe', form: cleanText(name ?? path ?? wire.name, 120) };
	}
	const id = cleanText(name ?? wire.name, 120);
	return {
		...wire,
		name: 'cta_click',
		ctas: [{ id, placement: DEFAULT_PLACEMENT, variant: '' }]
	};
}
