import { z } from 'zod';
import { NAMED_RANGES } from './date-range.ts';
import { API_DIMENSIONS, whyMissing } from './dimension-names.ts';
import { API_METRICS, MISSING_METRICS } from './metric-names.ts';

const MAX_LIMIT = 10_000;
const UNIQUE = 'Expected items to be unique but they were not.';

const metric = z
	.enum([...API_METRICS.keys()], { error: ({ input }) => invalidMetric(input) })
	.meta({ description: 'A metric of Plausible’s, or one of Byline’s own by its id.' });
const dimension = z
	.enum([...API_DIMENSIONS.keys()], { error: ({ input }) => invalidDimension(input) })
	.meta({ description: 'A dimension of Plausible’s, or one of Byline’s own by its id.' });
const direction = z.enum(['asc', 'desc'], {
	error: ({ input }) => `Invalid value in order_by ${shown(input)}`
});
const filter = z
	.array(z.unknown(), { error: ({ input }) => `Invalid filter ${shown(input)}` })
	.meta({
		description:
			'[operator, dimension, [values]], [operator, dimension, [values], {case_sensitive}], ["and" | "or", [filters]], ["not", filter] or ["has_done" | "has_not_done", filter].'
	});

/** The body of `POST /api/v2/query`. Filters are read by `parseFilters`. */
export const statsQuerySchema = z.strictObject({
	site_id: z.string().meta({ description: 'Domain of the site.' }),
	metrics: z.array(metric).min(1).max(API_METRICS.size).refine(isUnique, UNIQUE),
	date_range: z.union([z.enum(NAMED_RANGES), z.tuple([z.string(), z.string()])], {
		error: ({ input }) => `Invalid date range ${shown(input)}`
	}),
	dimensions: z.array(dimension).max(10).refine(isUnique, UNIQUE).default([]),
	filters: z.array(filter).default([]),
	order_by: z
		.array(
			z.tuple([z.string(), direction], {
				error: ({ input }) => `Invalid value in order_by ${shown(input)}`
			})
		)
		.optional(),
	include: z
		.strictObject({
			imports: z.boolean().default(false),
			time_labels: z.boolean().default(false),
			total_rows: z.boolean().default(false),
			trim_relative_date_range: z.boolean().default(false)
		})
		.prefault({}),
	pagination: z
		.strictObject({
			limit: z.int().min(1).max(MAX_LIMIT).default(MAX_LIMIT),
			offset: z.int().min(0).default(0)
		})
		.prefault({})
});

/** A body in its right shape. */
export type StatsQueryBody = z.infer<typeof statsQuerySchema>;

/** A value as a message shows it. */
export function shown(value: unknown): string {
	const text = jsonOf(value);
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function jsonOf(value: unknown): string {
	try {
		return value === undefined ? 'undefined' : JSON.stringify(value);
	} catch {
		// Lists in lists beyond the depth of the stack.
		return '[…]';
	}
}

/** Why a metric is none. */
function invalidMetric(given: unknown): string {
	const why = typeof given === 'string' ? MISSING_METRICS[given] : undefined;
	return `Invalid metric ${shown(given)}${why === undefined ? '' : `: ${why}`}`;
}

/** Why a dimension is none. */
export function invalidDimension(given: unknown): string {
	const why = typeof given === 'string' ? whyMissing(given) : null;
	return `Invalid dimension ${shown(given)}${why === null ? '' : `: ${why}`}`;
}

function isUnique(items: readonly unknown[]): boolean {
	return new Set(items).size === items.length;
}
