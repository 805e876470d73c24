import { z } from 'zod';
import { DIMENSIONS } from '../dimensions.ts';
import type { QueryError } from '../engine-contract.ts';
import { keysOf } from '../keys-of.ts';
import { METRICS } from '../metrics.ts';
import { OPERATORS } from '../query/filter.ts';
import { COMPARES, INTERVALS, PERIODS } from '../query/period.ts';
import type { Column, Filter, ResolvedQuery } from '../reports/result.ts';

const metricId = z.enum(keysOf(METRICS));

const cellShape = z.union([z.string(), z.number(), z.null(), z.array(z.string())]);

/** Figures of a whole report by metric. */
export const totalsShape = z
	.record(z.string(), cellShape)
	.describe(
		'The metrics over everything in the range: not the sum of the rows where a reader can be in several.'
	);

export const columnShape = z.object({
	id: z.string(),
	label: z.string(),
	kind: z.enum(['key', 'metric']),
	unit: z
		.enum(['text', 'date', 'timestamp', 'count', 'ratio', 'seconds', 'percent_depth', 'per_1000'])
		.describe('Ratios and their bounds are decimals between 0 and 1, seconds are decimals.'),
	direction: z
		.enum(['more', 'less', 'neutral'])
		.describe('Whether more of it is better, less, or neither.'),
	definition: z.string().describe('One sentence.'),
	numerator: metricId.exactOptional().describe('Of a ratio and the ends of its interval.'),
	denominator: metricId.exactOptional().describe('Of a ratio and the ends of its interval.')
}) satisfies z.ZodType<Column>;

const filterShape = z.object({
	dimension: z.enum(keysOf(DIMENSIONS)),
	operator: z.enum(OPERATORS),
	values: z.array(z.string()).min(1)
}) satisfies z.ZodType<Filter>;

const rangeFields = {
	from: z.iso.date().describe('First local day.'),
	to: z.iso.date().describe('Last local day, inclusive.'),
	since: z
		.int()
		.exactOptional()
		.describe('First instant of a rolling period, epoch milliseconds, inclusive.'),
	until: z
		.int()
		.exactOptional()
		.describe('Last instant of a rolling period, epoch milliseconds, exclusive.')
};

const importedShape = z
	.object({
		from: z.iso.date(),
		until: z.iso.date().describe('Last day of which only figures of other tools exist.'),
		tools: z.array(z.string()).describe('What counted them.'),
		tables: z
			.record(z.string(), z.array(z.string()))
			.describe(
				'Which of them counted what: `whole` for the site, `page`, `source`, `country` and so on.'
			),
		counted: z.boolean().describe('False where the query leaves them out.')
	})
	.describe(
		'Figures of other tools in the range. A metric that they lack is missing on their days, and of the other days alone in a total.'
	);

/** The query as it was understood. */
export const resolvedQueryShape = z.object({
	site: z.string(),
	zone: z.string().describe('IANA time zone whose days are counted.'),
	period: z.enum([...keysOf(PERIODS), 'custom']),
	...rangeFields,
	compare: z.object({ ...rangeFields, mode: z.enum(keysOf(COMPARES)) }).nullable(),
	interval: z.enum(INTERVALS),
	by: z.array(z.enum(keysOf(DIMENSIONS))).nullable(),
	filters: z.array(filterShape).describe('All of them hold; of the values of one, any.'),
	sort: z.object({ column: z.string(), descending: z.boolean() }).nullable(),
	search: z.string(),
	imported: importedShape.optional()
}) satisfies z.ZodType<ResolvedQuery>;

const queryErrorShape = z.object({
	path: z.string().describe('JSON pointer to the wrong field, for example `#/period`.'),
	given: z.string(),
	allowed: z.string(),
	message: z.string().describe('A sentence that says both.')
}) satisfies z.ZodType<QueryError>;

/** The body of every answer of `/api/reports` that is not 200. */
export const queryErrorsShape = z.object({ errors: z.array(queryErrorShape).min(1) });
