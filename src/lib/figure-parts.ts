import type { Row } from '#analytics';
import { columnOf, numberAt } from '#lib/columns.ts';

/** What a figure is made of, as far as its row tells. */
export interface FigureParts {
	readonly numerator: number | null;
	readonly denominator: number | null;
	readonly low: number | null;
	readonly high: number | null;
}

export function partsOf(row: Row, id: string): FigureParts {
	const { numerator, denominator } = columnOf(id) ?? {};
	return {
		numerator: numerator === undefined ? null : numberAt(row, numerator),
		denominator: denominator === undefined ? null : numberAt(row, denominator),
		low: numberAt(row, `${id}_low`),
		high: numberAt(row, `${id}_high`)
	};
}

/**
 * What a `<data>` element says of its figure; tooltips are drawn from it and from the definition of the metric, so that
 * cells need no text of their own.
 */
export function figureAttributes(
	id: string,
	value: unknown,
	parts?: FigureParts,
	before?: unknown
): Readonly<Record<`data-${string}` | 'value', string | undefined>> {
	return {
		value: text(value) ?? '',
		'data-metric': id,
		'data-numerator': text(parts?.numerator),
		'data-denominator': text(parts?.denominator),
		'data-low': text(parts?.low),
		'data-high': text(parts?.high),
		'data-before': text(before)
	};
}

const text = (value: unknown): string | undefined =>
	typeof value === 'number' ? String(value) : undefined;
