import { z } from 'zod';
import { DIMENSIONS, isDimensionId, type DimensionId } from '../dimensions.ts';
import type { QueryError } from '../engine-contract.ts';
import { keysOf } from '../keys-of.ts';
import { queryError } from './query-error.ts';

/** What `/api/suggestions` takes beside a screen's own period and filters. */
export const SUGGESTION_PARAMETERS = [
	'site',
	'period',
	'from',
	'to',
	'filter',
	'q',
	'dimension',
	'limit'
] as const;

export const MAX_SUGGESTIONS = 100;
export const USUAL_SUGGESTIONS = 20;

const limitText = z
	.string()
	.regex(/^\d{1,3}$/)
	.transform(Number)
	.pipe(z.int().min(1).max(MAX_SUGGESTIONS));

type Parsed =
	| { readonly ok: true; readonly dimensions: readonly DimensionId[]; readonly limit: number }
	| { readonly ok: false; readonly errors: readonly QueryError[] };

/** Reads which dimensions are asked for, separated by commas, and how many values of each. */
export function parseSuggestion(params: URLSearchParams): Parsed {
	const given = params.get('dimension') ?? '';
	const dimensions = given.split(',').filter(isDimensionId);
	const limit = limitText.safeParse(params.get('limit') ?? String(USUAL_SUGGESTIONS));
	const errors = [
		...(dimensions.length === given.split(',').length
			? []
			: [
					queryError(
						'dimension',
						given,
						`dimensions separated by commas: ${keysOf(DIMENSIONS).join(', ')}`
					)
				]),
		...(limit.success
			? []
			: [queryError('limit', params.get('limit') ?? '', `a number from 1 to ${MAX_SUGGESTIONS}`)])
	];
	return errors.length === 0 && limit.success
		? { ok: true, dimensions: [...new Set(dimensions)], limit: limit.data }
		: { ok: false, errors };
}
