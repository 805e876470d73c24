import type { Column } from '#analytics';
import { columnOf } from '#lib/columns.ts';

const key = (id: string, label: string, definition: string): Column => ({
	id,
	label,
	kind: 'key',
	unit: 'text',
	direction: 'neutral',
	definition
});

/** The metrics that a table of calls to action usually shows. */
export const CTA_METRICS: readonly string[] = [
	'cta_eligible',
	'cta_impressions',
	'viewability_rate',
	'cta_exposed',
	'cta_clickers',
	'cta_ctr'
];

/** What a call to action is known by. */
export const CTA_KEYS: readonly Column[] = [
	key('cta', 'CTA', 'The id the page gives the call to action.'),
	key('placement', 'Placement', 'Where on the page it stands.'),
	key('variant', 'Variant', 'Its variant in a test.'),
	key('path', 'Page', 'The page it stands on.')
];

/** What the register of calls to action shows of report `ctas`. */
export const CTA_COLUMNS: readonly Column[] = [
	...CTA_KEYS,
	...CTA_METRICS.flatMap((id) => columnOf(id) ?? [])
];
