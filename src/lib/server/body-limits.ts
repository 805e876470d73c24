import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const KILOBYTE = 1024;
const USUAL_BYTES = 512 * KILOBYTE;
const CATALOGUE_BYTES = 32 * KILOBYTE * KILOBYTE;
const CHECK_MS = 5_000;
const BODY_MS = 30_000;
const SILENT_MS = 60_000;

/** Files to import are written to disk as they come; that route counts them itself. */
const UPLOAD = /^\/[^/?]+\/settings\/imports\/upload(?:\?|$)/;
const CATALOGUE = /^\/(?:[^/?]+\/settings\/catalogue|api\/posts)(?:\?|$)/;

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

/** The last request of a connection: the one whose body may still come. */
interface Latest {
	/** Null where it may take its time. */
	request: IncomingMessage | null;
	since: number;
}

/**
 * Node's own `requestTimeout` knows no exception for uploads. Kept by connection, since a listener for each request
 * costs more than all else here.
 */
export function openBodyDeadline(
	now: () => number = () => performance.now(),
	checkMs = CHECK_MS
): BodyDeadline {
	const connections = new Map<Socket, Latest>();
	const check = setInterval(() => {
		for (const [socket, { request, since }] of connections) {
			if (request === null || request.complete || now() - since < BODY_MS) continue;
			connections.delete(socket);
			if (!socket.destroyed)
				socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () =>
					socket.destroy()
				);
		}
	}, checkMs);
	check.unref();

	function latestOf(socket: Socket): Latest {
		const known = connections.get(socket);
		if (known !== undefined) return known;
		const latest = { request: null, since: 0 };
		connections.set(socket, latest);
		socket.once('close', () => connections.delete(socket));
		return latest;
	}

	return {
		watch: (request) => {
			const { socket } = request;
			const latest = latestOf(socket);
			latest.since = now();
			latest.request = UPLOAD.test(request.url ?? '') ? null : request;
			if (latest.request === null && hasBody(request))
				socket.setTimeout(SILENT_MS, () => {
					if (!request.complete) socket.destroy();
				});
		},
		close: () => clearInterval(check)
	};
}
