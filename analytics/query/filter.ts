import { isDimensionId } from '../dimensions.ts';
import type { Filter } from '../reports/result.ts';

export const OPERATORS = ['is', 'is_not', 'contains', 'contains_not', 'matches'] as const;

/** `dimension:operator:value|value`; a bar or backslash inside a value is written with a backslash before it. */
export function parseFilter(text: string): Filter | null {
	const [, dimension = '', operatorText = '', rest = ''] =
		/^([a-z_]+):([a-z_]+):([\s\S]*)$/.exec(text) ?? [];
	const operator = OPERATORS.find((name) => name === operatorText);
	if (!isDimensionId(dimension) || operator === undefined || rest === '') return null;
	const values = (rest.match(/(?:\\[\s\S]|[^|\\])+/g) ?? []).map((value) =>
		value.replace(/\\([\s\S])/g, '$1').toWellFormed()
	);
	if (values.length === 0) return null;
	if (dimension === 'post' && values.some((value) => !/^\d{1,9}$/.test(value))) return null;
	return { dimension, operator, values };
}

/** The inverse of `parseFilter`. */
export function encodeFilter({ dimension, operator, values }: Filter): string {
	return `${dimension}:${operator}:${values.map((value) => value.replace(/[|\\]/g, '\\$&')).join('|')}`;
}
