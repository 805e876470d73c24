import type { Column } from '#analytics';

/** Widths in rem, cell padding included; `grow` is the share of what the window has beyond all of them. */
export interface TableWidths {
	readonly columns: readonly { readonly width: number; readonly grow: number }[];
	readonly first: number;
	/** All columns but the first together. */
	readonly rest: number;
}

const PADDING = 1;
/** What the last column has beside it, so that its figures do not end at the edge. */
const EDGE = 0.5;
/** Room for a letter of a heading, which may be the bold one of the order. */
const LETTER = 0.4;
const NAME = 12;

/** Room for the greatest values that are usual: 1,234,567, 12 min 05 s, 12.3 %. */
const VALUES: Readonly<Record<Column['unit'], number>> = {
	count: 3.7,
	seconds: 4.4,
	ratio: 3.1,
	percent_depth: 3.1,
	per_1000: 3.75,
	date: 5.25,
	timestamp: 5.25,
	text: 5.5
};
const WHISKER = 4.5;
const TOO_EARLY = 5.6;

/** How much of the rest the first column takes for each part that another takes. */
const FIRST_GROWS = 6;

interface Known {
	/** Widths of columns that the screen draws itself or knows better, by id. */
	readonly given?: Readonly<Record<string, number>>;
	/** Columns whose figures carry an interval. */
	readonly intervals?: readonly string[];
}

/**
 * How wide each column of a table is, by what it may hold and not by the rows there are: a table that took its widths
 * from its rows would move while they arrive, and from one page of rows to the next.
 */
export function tableWidths(
	columns: readonly Column[],
	{ given = {}, intervals = [] }: Known = {}
): TableWidths {
	const widthOf = (column: Column, at: number): number =>
		given[column.id] ?? (at === 0 ? NAME : usualWidth(column, intervals.includes(column.id)));
	const widths = columns.map(
		(column, at) => widthOf(column, at) + (at === columns.length - 1 ? EDGE : 0)
	);
	const parts = columns.length - 1 + FIRST_GROWS;
	return {
		columns: widths.map((width, at) => ({ width, grow: (at === 0 ? FIRST_GROWS : 1) / parts })),
		first: widths[0] ?? 0,
		rest: sum(widths.slice(1))
	};
}

function usualWidth({ id, label, unit }: Column, hasInterval: boolean): number {
	const value = /_(estimate|floor)$/.test(id) ? TOO_EARLY : VALUES[unit];
	const word = Math.max(...label.split(/\s+/).map(({ length }) => length));
	return PADDING + Math.max(value + (hasInterval ? WHISKER : 0), word * LETTER);
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
