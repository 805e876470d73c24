import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress } from './client-address.ts';
import {
	MAX_BATCH_BYTES,
	refusal,
	takeBody,
	tooLarge,
	type Answer,
	type IntakeContext
} from './intake.ts';

const CORS = {
	'access-control-allow-origin': '*',
	'access-control-allow-methods': 'POST, OPTIONS',
	'access-control-allow-headers': 'content-type',
	'access-control-expose-headers': 'x-byline-dropped',
	'access-control-max-age': '86400'
} as const;

const BODY_TIMEOUT_MS = 10_000;
const LINGER_MS = 2_000;

/** Answers the requests of readers' browsers; false where a request is none of them. */
export type IntakeListener = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * The routes that come before SvelteKit: `POST /api/event` and the tracker script. They read and set no cookie.
 */
export function createIntakeListener(
	context: IntakeContext,
	trackerScript: string
): IntakeListener {
	return (request, response) => {
		const path = (request.url ?? '/').split('?', 1)[0];
		if (path === '/api/event') {
			void answerEvent(request, response, context);
			return true;
		}
		if (path === '/js/byline.js') {
			sendScript(request, response, trackerScript);
			return true;
		}
		return false;
	};
}

async function answerEvent(
	request: IncomingMessage,
	response: ServerResponse,
	context: IntakeContext
): Promise<void> {
	if (request.method === 'OPTIONS') {
		response.writeHead(204, CORS).end();
		return;
	}
	if (request.method !== 'POST') {
		send(response, {
			status: 405,
			headers: { allow: 'POST, OPTIONS', 'content-type': 'application/json; charset=utf-8' },
			body: JSON.stringify({ errors: { method: ['must be POST'] } })
		});
		return;
	}
	try {
		const body = await readBody(request);
		if (body === TOO_LARGE) {
			refuseEarly(request, response, tooLarge(MAX_BATCH_BYTES));
			return;
		}
		if (body === null) {
			send(response, refusal({ body: ['is not valid UTF-8'] }));
			return;
		}
		const sender = {
			ip: addressOf(request, context),
			userAgent: request.headers['user-agent']
		};
		send(response, await takeBody(body, sender, context));
	} catch {
		if (!response.headersSent) send(response, refusal({ body: ['could not be read'] }));
	}
}

function addressOf({ socket, headers }: IncomingMessage, context: IntakeContext): string {
	const forwarded = headers['x-forwarded-for'];
	return clientAddress(
		socket.remoteAddress ?? '',
		Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
		context.isTrustedProxy
	);
}

const TOO_LARGE = Symbol('too large');
/** The text, null where it is no UTF-8. */
type Body = string | null | typeof TOO_LARGE;

const decoder = new TextDecoder('utf-8', { fatal: true });

async function readBody(request: IncomingMessage): Promise<Body> {
	if (Number(request.headers['content-length'] ?? 0) > MAX_BATCH_BYTES) return TOO_LARGE;
	const timeout = setTimeout(() => request.destroy(), BODY_TIMEOUT_MS);
	try {
		const chunks: Buffer[] = [];
		let size = 0;
		for await (const chunk of request.iterator({ destroyOnReturn: false })) {
			const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
			size += bytes.length;
			if (size > MAX_BATCH_BYTES) return TOO_LARGE;
			chunks.push(bytes);
		}
		try {
			return decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
		} catch {
			return null;
		}
	} finally {
		clearTimeout(timeout);
	}
}

function send(response: ServerResponse, answer: Answer): void {
	writeHead(response, answer);
	response.end(answer.body);
}

/**
 * Answers while the body still comes. The rest is thrown away for a moment: a sender whose connection is reset while
 * it writes does not get to see the answer.
 */
function refuseEarly(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
	response.setHeader('connection', 'close');
	writeHead(response, answer);
	response.write(answer.body);
	const end = (): void => {
		clearTimeout(timer);
		if (!response.writableEnded) response.end();
	};
	const timer = setTimeout(end, LINGER_MS);
	request.once('end', end).once('close', end).resume();
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
	response.writeHead(status, {
		...CORS,
		'cache-control': 'no-store',
		'content-length': Buffer.byteLength(body),
		...headers
	});
}

function sendScript(request: IncomingMessage, response: ServerResponse, script: string): void {
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.writeHead(405, { allow: 'GET, HEAD' }).end();
		return;
	}
	response.writeHead(200, {
		'content-type': 'text/javascript; charset=utf-8',
		'content-length': Buffer.byteLength(script),
		'cache-control': 'public, max-age=3600',
		'access-control-allow-origin': '*',
		'cross-origin-resource-policy': 'cross-origin',
		'x-content-type-options': 'nosniff'
	});
	response.end(request.method === 'HEAD' ? undefined : script);
}
