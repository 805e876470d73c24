import type { IncomingMessage } from 'node:http';

const KILOBYTE = 1024;
const USUAL_BYTES = 512 * KILOBYTE;
const CATALOGUE_BYTES = 32 * KILOBYTE * KILOBYTE;
const CHECK_MS = 5_000;
const BODY_MS = 30_000;
const SILENT_MS = 60_000;

/** Files to import are written to disk as they come; that route counts them itself. */
const UPLOAD = /^\/[^/?]+\/settings\/imports\/upload(?:\?|$)/;
const CATALOGUE = /^\/[^/?]+\/settings\/catalogue(?:\?|$)/;

function hasBody({ headers }: IncomingMessage): boolean {
	return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/**
 * Holds what is sent to SvelteKit to the most that its route takes: the adapter has one limit for all and refuses what
 * goes beyond the length that the headers tell.
 */
export function limitBody(request: IncomingMessage): void {
	const { url = '', headers } = request;
	if (!hasBody(request) || UPLOAD.test(url)) return;
	const most = CATALOGUE.test(url) ? CATALOGUE_BYTES : USUAL_BYTES;
	const told = Number(headers['content-length'] ?? most);
	headers['content-length'] = String(Math.min(told, most));
}

/** Ends requests whose body does not come to its end in time. An upload may take hours, but no pause of a minute. */
export interface BodyDeadline {
	readonly watch: (request: IncomingMessage) => void;
	readonly close: () => void;
}

/** Node's own `requestTimeout` knows no exception for uploads. */
export function openBodyDeadline(now: () => number = () => performance.now()): BodyDeadline {
	const waiting = new Map<IncomingMessage, number>();
	const check = setInterval(() => {
		for (const [request, since] of waiting) {
			if (now() - since < BODY_MS) continue;
			waiting.delete(request);
			const { socket } = request;
			if (!request.complete && !socket.destroyed)
				socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () =>
					socket.destroy()
				);
		}
	}, CHECK_MS);
	check.unref();

	return {
		watch: (request) => {
			if (!hasBody(request)) return;
			if (UPLOAD.test(request.url ?? '')) {
				request.socket.setTimeout(SILENT_MS, () => {
					if (!request.complete) request.socket.destroy();
				});
				return;
			}
			waiting.set(request, now());
			request.once('close', () => waiting.delete(request));
		},
		close: () => clearInterval(check)
	};
}
