import type { z } from 'zod';
import { NAMED_RANGES } from './date-range.ts';
import { problem, type Problem } from './problem.ts';
import { statsQuerySchema, type StatsQueryBody } from './schema.ts';
import type { Parsed } from './parse.ts';

/** Reads the shape of a body; what it means is for `parseStatsQuery`, once the site is known. */
export function parseStatsBody(given: unknown): Parsed<StatsQueryBody> {
	const parsed = statsQuerySchema.safeParse(given);
	return parsed.success
		? { ok: true, value: parsed.data }
		: { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, given)) };
}

function problemsOf(issue: z.core.$ZodIssue, given: unknown): readonly Problem[] {
	const path = ['#', ...issue.path.map(String)].join('/');
	const value = valueAt(given, issue.path);
	const wrong = (allowed: string): readonly Problem[] => [
		problem(path, value, allowed, issue.message)
	];
	switch (issue.code) {
		case 'unrecognized_keys':
			return issue.keys.map((key) =>
				problem(
					`${path}/${key}`,
					key,
					'the fields that the API has',
					'Schema does not allow additional properties.'
				)
			);
		case 'invalid_type':
			return value === undefined && issue.path.length === 1
				? missing(issue.path[0])
				: wrong(issue.expected);
		case 'invalid_value':
			return wrong(issue.values.map(String).join(', '));
		case 'invalid_union':
			return value === undefined
				? missing(issue.path[0])
				: wrong(`${NAMED_RANGES.join(', ')}, or two dates or instants`);
		case 'too_small':
			return wrong(`at least ${issue.minimum}`);
		case 'too_big':
			return wrong(`at most ${issue.maximum}`);
		default:
			return wrong('each item once');
	}
}

function missing(property: PropertyKey | undefined): readonly Problem[] {
	const message = `Required property ${String(property)} was not present.`;
	return [problem('#', undefined, 'site_id, metrics and date_range', message)];
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
	let value = given;
	for (const key of path) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = Object.getOwnPropertyDescriptor(value, key)?.value;
	}
	return value;
}
