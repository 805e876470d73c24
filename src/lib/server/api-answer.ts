import type { QueryError, Site } from '#analytics';
import { queryError } from '#analytics/server';
import { reports } from '#lib/server/engine.ts';
import type { SegmentOutcome } from '#lib/server/segments.ts';

const HEADERS = { 'cache-control': 'no-store' };

/** JSON that nobody keeps. */
export function answer(body: object, status = 200): Response {
	return Response.json(body, { status, headers: HEADERS });
}

/** What was wrong, as every route of the API tells it. */
export function refuse(status: number, errors: readonly QueryError[]): Response {
	return answer({ errors }, status);
}

/** The site that a query string names, or the answer where there is none. */
export function siteOrRefusal(params: URLSearchParams): Site | Response {
	const domain = params.get('site') ?? '';
	return (
		reports().site(domain) ??
		refuse(404, [queryError('site', domain, 'the domain of one of your sites')])
	);
}

/** What came of a change to a segment. */
export function segmentAnswer(outcome: SegmentOutcome, status = 200): Response {
	if (!outcome.ok) return refuse(outcome.status, outcome.errors);
	return outcome.segment === null
		? new Response(null, { status: 204, headers: HEADERS })
		: answer(outcome.segment, status);
}

/** The body of a request where it says that it is JSON, which no form of another site can; else undefined. */
export async function jsonBody(
	request: Request
): Promise<Readonly<Record<string, unknown>> | null> {
	if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return null;
	try {
		const body: unknown = await request.json();
		return isRecord(body) ? body : null;
	} catch {
		return null;
	}
}

export const NO_JSON: QueryError = {
	path: '#',
	given: '',
	allowed: 'a JSON object, sent as application/json',
	message: 'The body is no JSON object, or is not sent as application/json.'
};

function isRecord(body: unknown): body is Readonly<Record<string, unknown>> {
	return typeof body === 'object' && body !== null && !Array.isArray(body);
}
