import { openAccess } from '#lib/server/access/open-access.ts';
import { live } from '#lib/server/engine.ts';
import { EVENT_STREAM, eventStream } from '#lib/server/event-stream.ts';
import { siteOf } from '#lib/server/screen.ts';
import { toldWhile } from '#lib/server/told-while.ts';
import type { RequestHandler } from './$types';

/** How the site stands, as server-sent events, for as long as somebody looks who may. */
export const GET: RequestHandler = (event) =>
	eventStream(toldWhile(live().listen(siteOf(event.params.site)), openAccess(event)));

export const HEAD: RequestHandler = ({ params }) => {
	siteOf(params.site);
	return new Response(null, { headers: EVENT_STREAM });
};
