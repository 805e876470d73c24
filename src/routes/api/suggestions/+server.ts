import { METRICS, type QueryError } from '#analytics';
import {
	checkParameters,
	messageOf,
	parseSuggestion,
	queryError,
	suggestionMetric,
	SUGGESTION_PARAMETERS,
	systemCode
} from '#analytics/server';
import { reports } from '#lib/server/engine.ts';
import type { RequestHandler } from './$types';

/** `GET /api/suggestions`: values of dimensions that answer `q`, with their counts under a screen's period and filters. */
export const GET: RequestHandler = async ({ url: { searchParams, search }, request }) => {
	const domain = searchParams.get('site') ?? '';
	const site = reports().site(domain);
	if (site === null)
		return refuse(404, [queryError('site', domain, 'the domain of one of your sites')]);
	const asked = parseSuggestion(searchParams);
	try {
		const resolved = await reports().resolve(site, searchParams);
		const errors = [
			...checkParameters(searchParams, SUGGESTION_PARAMETERS),
			...(asked.ok ? [] : asked.errors),
			...(resolved.ok ? [] : resolved.errors)
		];
		if (errors.length > 0 || !asked.ok || !resolved.ok) return refuse(400, errors);
		const { dimensions, limit } = asked;
		const suggestions = await reports().suggest(resolved.query, {
			dimensions,
			text: resolved.query.search,
			limit,
			signal: request.signal
		});
		const metrics = Object.fromEntries(
			dimensions.map((dimension) => {
				const id = suggestionMetric(dimension);
				return [dimension, { id, label: METRICS[id].label }];
			})
		);
		return Response.json({ metrics, suggestions }, { headers: { 'cache-control': 'no-store' } });
	} catch (thrown) {
		if (systemCode(thrown) !== 'time_limit') throw thrown;
		const allowed = 'a shorter period or fewer filters';
		return refuse(503, [{ path: '#', given: search, allowed, message: messageOf(thrown) }]);
	}
};

function refuse(status: number, errors: readonly QueryError[]): Response {
	return Response.json({ errors }, { status, headers: { 'cache-control': 'no-store' } });
}
