import type { Handle, HandleServerError } from '@sveltejs/kit';
import { refusalOf } from '#lib/server/access/guard.ts';
import { viewerOf } from '#lib/server/access/viewer-of.ts';
import { compressed } from '#lib/server/compressed.ts';
import { publicMessage } from '#lib/server/public-message.ts';

/** Finds out who asks and holds them to the rules. Pages are not to be framed, sniffed or kept by a shared cache. */
export const handle: Handle = async ({ event, resolve }) => {
	event.locals.setCookies = [];
	event.locals.viewer = await viewerOf(event);
	const response = refusalOf(event) ?? (await resolve(event));
	for (const line of event.locals.setCookies) response.headers.append('set-cookie', line);
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('x-frame-options', 'DENY');
	response.headers.set('referrer-policy', 'same-origin');
	if (response.headers.get('content-type')?.startsWith('text/html') === true) {
		response.headers.set('cache-control', 'private, no-store');
	}
	return compressed(event.request, response);
};

/** What failed goes to standard error; the reader gets one sentence. */
export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: 'There is no such page.' };
	if (status < 500) return { message: 'This address is not well-formed.' };
	return { message: publicMessage(error, `${event.request.method} ${event.url.pathname}`) };
};
