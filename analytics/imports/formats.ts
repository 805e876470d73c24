import { Failure } from '../failure.ts';
import { keysOf } from '../keys-of.ts';
import type { EventSource } from './event-source.ts';
import { FIGURE_TABLES, type FigureTable } from './figure-tables.ts';
import { LOG_NAMES } from './log-formats.ts';
import { logSource } from './log-source.ts';
import { visitCsvSource } from './visit-csv.ts';
import { VISIT_CSVS } from './visit-csvs.ts';

/** A format holds single events, or figures that were counted already. */
export type ImportFormat =
	| { readonly kind: 'events'; readonly source: EventSource }
	| { readonly kind: 'figures'; readonly tables: readonly FigureTable[] };

/** Every name that `import` takes. */
export const FORMAT_NAMES: readonly string[] = [
	...LOG_NAMES,
	...Object.keys(VISIT_CSVS),
	...Object.keys(FIGURE_TABLES)
];

/** @throws Failure `bad_argument` for a name that is none. */
export function formatNamed(name: string): ImportFormat {
	if (LOG_NAMES.includes(name)) return { kind: 'events', source: logSource(name) };
	for (const id of keysOf(VISIT_CSVS))
		if (id === name) return { kind: 'events', source: visitCsvSource(VISIT_CSVS[id]) };
	for (const id of keysOf(FIGURE_TABLES))
		if (id === name) return { kind: 'figures', tables: FIGURE_TABLES[id] };
	throw new Failure('bad_argument', `"${name}" is no format. There is ${FORMAT_NAMES.join(', ')}.`);
}
