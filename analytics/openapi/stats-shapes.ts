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
		total_rows: z.int().min(0).optional().describe('Rows of all pages.')
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
