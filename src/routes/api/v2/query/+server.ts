import { messageOf, systemCode } from '#analytics/server';
import type { Site } from '#analytics';
import { viewer } from '#lib/server/access/viewer.ts';
import { reports } from '#lib/server/engine.ts';
import type { RequestHandler } from './$types';

const MAX_BODY = 65_536;

/** `POST /api/v2/query`: Plausible's Stats API v2, with Byline's metrics and dimensions beside its own. */
export const POST: RequestHandler = async ({ request }) => {
	const text = await request.text();
	if (text.length > MAX_BODY) return answer(413, { error: '#: The query is over 64 kB.' });
	const body = parseJson(text);
	if (body === undefined) return answer(400, { error: '#: The body is no JSON.' });
	try {
		const outcome = await reports().stats(body, {
			site: readableSite,
			signal: request.signal
		});
		switch (outcome.kind) {
			case 'answer':
				return answer(200, outcome.result);
			case 'wrong':
				return answer(400, { error: outcome.error, errors: outcome.errors });
			case 'no_site':
				return answer(401, {
					error: 'Invalid API key or site ID. There is no such site to be read.'
				});
		}
	} catch (thrown) {
		if (systemCode(thrown) !== 'time_limit') throw thrown;
		return answer(503, { error: messageOf(thrown) });
	}
};

/** The body names the site, so no rule of the route could ask for the ability. */
function readableSite(domain: string): Site | null {
	const site = reports().site(domain);
	return site !== null && viewer().accessTo(site)?.can('read') === true ? site : null;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function answer(status: number, body: object): Response {
	return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
