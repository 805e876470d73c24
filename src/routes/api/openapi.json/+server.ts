import { openApiDocument } from '#analytics/server';
import type { RequestHandler } from './$types';

const DOCUMENT = JSON.stringify(openApiDocument());

/** `GET /api/openapi.json`: what the API takes and answers, as OpenAPI 3.1. */
export const GET: RequestHandler = () =>
	new Response(DOCUMENT, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'access-control-allow-origin': '*',
			'cache-control': 'no-cache'
		}
	});
