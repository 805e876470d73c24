import { live } from '#lib/server/engine.ts';
import { EVENT_STREAM, eventStream } from '#lib/server/event-stream.ts';
import { siteOf } from '#lib/server/screen.ts';
import type { RequestHandler } from './$types';

/** How the site stands, as server-sent events, for as long as somebody looks. */
export const GET: RequestHandler = ({ params }) => eventStream(live().listen(siteOf(params.site)));

export const HEAD: RequestHandler = ({ params }) => {
	siteOf(params.site);
	return new Response(null, { headers: EVENT_STREAM });
};
