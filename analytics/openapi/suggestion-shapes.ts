import { z } from 'zod';
import { DIMENSIONS } from '../dimensions.ts';
import { keysOf } from '../keys-of.ts';
import { METRICS } from '../metrics.ts';
import { MAX_SEARCH } from '../query/parse.ts';
import { MAX_SUGGESTIONS, USUAL_SUGGESTIONS } from '../query/suggestion-parameters.ts';
import type { Suggestion } from '../reports/suggest.ts';

const dimension = z.enum(keysOf(DIMENSIONS));

const suggestionShape = z.object({
	dimension,
	value: z.string().describe('As a filter writes it.'),
	label: z.string().describe('The title of a post, the name of a country; else the value.'),
	count: z.int().min(0).describe('The metric of its dimension in the period under the filters.')
}) satisfies z.ZodType<Suggestion>;

/** What `GET /api/suggestions` answers. */
export const suggestionsShape = z.object({
	metrics: z
		.partialRecord(dimension, z.object({ id: z.enum(keysOf(METRICS)), label: z.string() }))
		.describe('The metric that counts the values of each dimension.'),
	suggestions: z
		.array(suggestionShape)
		.describe('Dimension by dimension, the best match first, then the greatest count.')
});

/** The parameters of `/api/suggestions` that are not a report's. */
export const suggestionParameters = [
	{
		name: 'dimension',
		required: true,
		schema: z.string().regex(new RegExp(`^(${keysOf(DIMENSIONS).join('|')})(,|$)`)),
		description: 'Dimensions whose values are asked for, separated by commas.'
	},
	{
		name: 'q',
		required: false,
		schema: z.string().max(MAX_SEARCH),
		description: 'What the values are searched for; all of them where it is empty.'
	},
	{
		name: 'limit',
		required: false,
		schema: z.int().min(1).max(MAX_SUGGESTIONS).default(USUAL_SUGGESTIONS),
		description: 'Most values of each dimension.'
	}
] as const;
