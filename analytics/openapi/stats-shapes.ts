import { z } from 'zod';
import { queryErrorsShape } from './shapes.ts';

/** What `POST /api/v2/query` answers. */
export const statsAnswerShape = z.object({
	results: z.array(
		z.object({
			metrics: z
				.array(z.number().nullable())
				.describe('In the order of the query; null is missing.'),
			dimensions: z.array(z.string()).describe('In the order of the query.')
		})
	),
	meta: z.looseObject({
		time_labels: z
			.array(z.string())
			.optional()
			.describe('Every bucket of the range, also those without a row.'),
		total_rows: z.int().min(0).optional().describe('Rows of all pages.'),
		imports_included: z
			.boolean()
			.optional()
			.describe(
				'Whether figures that other tools counted are in it; only where they were asked for.'
			),
		imports_skip_reason: z
			.enum(['no_imported_data', 'out_of_range', 'unsupported_interval', 'unsupported_query'])
			.optional()
			.describe('Why they are not.'),
		imports_warning: z.string().optional().describe('The same as a sentence.'),
		metric_warnings: z
			.record(z.string(), z.object({ code: z.string(), warning: z.string() }))
			.optional()
			.describe('Metrics that no other tool counted.')
	}),
	query: z
		.looseObject({ site_id: z.string(), date_range: z.array(z.string()) })
		.describe('The query as it was understood.')
});

/** The body of an answer of `/api/v2/query` that refuses. */
export const statsErrorShape = z.object({
	error: z.string().describe('What is wrong, a line each.'),
	errors: queryErrorsShape.shape.errors.optional()
});
