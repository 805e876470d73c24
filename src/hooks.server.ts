import { error, type Handle, type HandleServerError } from '@sveltejs/kit';
import { refusalOf } from '#lib/server/access/guard.ts';
import { viewerOf } from '#lib/server/access/viewer-of.ts';
import { framedBy } from '#lib/server/access/framed-by.ts';
import { STRANGER } from '#lib/server/access/viewers.ts';
import { compressed } from '#lib/server/compressed.ts';
import { isForeign } from '#lib/server/foreign-request.ts';
import { publicMessage } from '#lib/server/public-message.ts';
import { guardAnswer } from '#lib/server/security-headers.ts';

/** Finds out who asks and holds them to the rules. */
export const handle: Handle = async ({ event, resolve }) => {
	event.locals.setCookies = [];
	event.locals.viewer = STRANGER;
	if (isForeign(event.request)) return error(403, 'This was asked by a page of another site.');
	event.locals.viewer = await viewerOf(event);
	const response = refusalOf(event) ?? (await resolve(event));
	for (const line of event.locals.setCookies) response.headers.append('set-cookie', line);
	guardAnswer(response.headers, framedBy(event));
	return compressed(event.request, response);
};

/** What failed goes to standard error; the reader gets one sentence. */
export const handleError: HandleServerError = ({ error: thrown, event, status }) => {
	if (status === 404) return { message: 'There is no such page.' };
	if (status < 500) return { message: 'This address is not well-formed.' };
	return { message: publicMessage(thrown, `${event.request.method} ${event.url.pathname}`) };
};
