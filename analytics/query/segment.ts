import { z } from 'zod';
import type { QueryError } from '../engine-contract.ts';
import { plainName } from '../plain-name.ts';
import { encodeFilter, parseFilter } from './filter.ts';
import { MAX_FILTERS, MAX_VALUE, MAX_VALUES } from './parse.ts';
import { queryError } from './query-error.ts';

/** Most characters of a segment's name. */
export const MAX_SEGMENT_NAME = 80;

const name = z
	.string()
	.transform(plainName)
	.pipe(
		z
			.string()
			.min(1)
			.max(MAX_SEGMENT_NAME)
			.regex(/^\P{Cc}+$/u)
	);

type Parsed<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly errors: readonly QueryError[] };

/** The name of a segment, its blanks folded. */
export function parseSegmentName(given: unknown): Parsed<string> {
	const parsed = name.safeParse(given);
	return parsed.success
		? { ok: true, value: parsed.data }
		: {
				ok: false,
				errors: [queryError('name', textOf(given), `a text of 1 to ${MAX_SEGMENT_NAME} characters`)]
			};
}

/** A name and at least one filter, as the query string writes them. */
export function parseSegment(
	given: unknown,
	filters: unknown
): Parsed<{ readonly name: string; readonly filters: readonly string[] }> {
	const parsedName = parseSegmentName(given);
	const texts = z.array(z.string()).min(1).max(MAX_FILTERS).safeParse(filters);
	const parsed = (texts.data ?? []).map(parseFilter);
	const isWrong = (index: number): boolean => {
		const filter = parsed[index] ?? null;
		return (
			filter === null ||
			filter.values.length > MAX_VALUES ||
			filter.values.some((value) => value.length > MAX_VALUE)
		);
	};
	const errors = [
		...(parsedName.ok ? [] : parsedName.errors),
		...(texts.success
			? texts.data.flatMap((text, index) =>
					isWrong(index)
						? [queryError(`filters/${index}`, text, '<dimension>:<operator>:<value>|<value>')]
						: []
				)
			: [queryError('filters', textOf(filters), `1 to ${MAX_FILTERS} filters as texts`)])
	];
	if (errors.length > 0 || !parsedName.ok) return { ok: false, errors };
	const known = parsed.filter((filter) => filter !== null);
	return { ok: true, value: { name: parsedName.value, filters: known.map(encodeFilter) } };
}

function textOf(given: unknown): string {
	return typeof given === 'string' ? given : (JSON.stringify(given) ?? '');
}
