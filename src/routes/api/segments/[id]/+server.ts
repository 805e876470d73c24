import { jsonBody, NO_JSON, refuse, segmentAnswer, siteOrRefusal } from '#lib/server/api-answer.ts';
import { removeSegment, renameSegment } from '#lib/server/segments.ts';
import type { RequestHandler } from './$types';

/** `PATCH /api/segments/<id>?site=…` gives a segment another `name`. */
export const PATCH: RequestHandler = async ({ params, url, request }) => {
	const site = siteOrRefusal(url.searchParams);
	if (site instanceof Response) return site;
	const body = await jsonBody(request);
	if (body === null) return refuse(400, [NO_JSON]);
	return segmentAnswer(renameSegment(site, params.id, body['name']));
};

/** `DELETE /api/segments/<id>?site=…`. */
export const DELETE: RequestHandler = ({ params, url }) => {
	const site = siteOrRefusal(url.searchParams);
	return site instanceof Response ? site : segmentAnswer(removeSegment(site, params.id));
};
