import {
	answer,
	jsonBody,
	NO_JSON,
	refuse,
	segmentAnswer,
	siteOrRefusal
} from '#lib/server/api-answer.ts';
import { segmentsOf } from '#lib/server/engine.ts';
import { saveSegment } from '#lib/server/segments.ts';
import type { RequestHandler } from './$types';

/** `GET /api/segments?site=…`: the segments of a site for everybody, and one's own, by name. */
export const GET: RequestHandler = ({ url }) => {
	const site = siteOrRefusal(url.searchParams);
	return site instanceof Response ? site : answer({ segments: segmentsOf(site) });
};

/** `POST /api/segments?site=…` keeps `filters` under `name`, for oneself or, where `shared` is true, for everybody. */
export const POST: RequestHandler = async ({ url, request }) => {
	const site = siteOrRefusal(url.searchParams);
	if (site instanceof Response) return site;
	const body = await jsonBody(request);
	if (body === null) return refuse(400, [NO_JSON]);
	return segmentAnswer(saveSegment(site, body), 201);
};
