import type { Handle, HandleServerError } from '@sveltejs/kit';
import { messageOf, systemCode } from '#analytics/server';

/** Pages are not to be framed, sniffed or kept by a shared cache. */
export const handle: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	response.headers.set('x-content-type-options', 'nosniff');
	response.headers.set('x-frame-options', 'DENY');
	response.headers.set('referrer-policy', 'same-origin');
	if (response.headers.get('content-type')?.startsWith('text/html') === true) {
		response.headers.set('cache-control', 'private, no-store');
	}
	return response;
};

/** What failed goes to standard error; the reader gets one sentence. */
export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: 'There is no such page.' };
	if (status < 500) return { message: 'This address is not well-formed.' };
	if (systemCode(error) === 'time_limit') return { message: messageOf(error) };
	const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
	process.stderr.write(`${event.request.method} ${event.url.pathname}: ${reason}\n`);
	return { message: 'Byline could not answer this. The reason is in the log of the server.' };
};
