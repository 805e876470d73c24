import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AskingPage } from '../events/goatcounter.ts';
import { plausibleScript } from '../tracker/plausible-script.ts';
import { clientAddress } from './client-address.ts';
import type { Sender } from './enrich-event.ts';
import {
	MAX_BATCH_BYTES,
	MAX_SINGLE_BYTES,
	refusal,
	takeBody,
	noKey,
	tooLarge,
	unavailable,
	type Answer,
	type IntakeContext
} from './intake.ts';
import { takeGif } from './take-gif.ts';
import { bearerOf, namedReader } from './sending-key.ts';
import { takeGoatCounter } from './take-goatcounter.ts';
import { takeUmami, takeUmamiBatch } from './take-umami.ts';

const PREFLIGHT = {
	'access-control-allow-origin': '*',
	'access-control-allow-methods': 'GET, POST, OPTIONS',
	'access-control-allow-headers': 'content-type, x-umami-cache',
	'access-control-max-age': '86400'
} as const;
const EXPOSED = 'x-byline-dropped, x-byline-error, x-goatcounter';

const LINGER_MS = 2_000;
const BYTE_ORDER_MARK = 0xfeff;

/** Answers the requests of readers' browsers; false where a request is none of them. */
export type IntakeListener = (request: IncomingMessage, response: ServerResponse) => boolean;

type Take = (asked: Asked, sender: Sender, context: IntakeContext) => Promise<Answer>;

/** What a route reads of a request. */
interface Asked {
	/** Behind the question mark. */
	readonly query: string;
	readonly page: AskingPage;
	/** Empty where the route takes none. */
	readonly body: string;
}

/** Greatest body in bytes; null where only the address is read. */
interface Route {
	readonly methods: readonly string[];
	readonly maxBytes: number | null;
	readonly take: Take;
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
	[
		'/api/event',
		{
			methods: ['POST'],
			maxBytes: MAX_BATCH_BYTES,
			take: ({ body }, sender, context) => takeBody(body, sender, context)
		}
	],
	[
		'/api/event.gif',
		{
			methods: ['GET'],
			maxBytes: null,
			take: ({ query }, sender, context) => takeGif(new URLSearchParams(query), sender, context)
		}
	],
	[
		'/api/send',
		{
			methods: ['POST'],
			maxBytes: MAX_SINGLE_BYTES,
			take: ({ body }, sender, context) => takeUmami(body, sender, context)
		}
	],
	[
		'/api/batch',
		{
			methods: ['POST'],
			maxBytes: MAX_BATCH_BYTES,
			take: ({ body }, sender, context) => takeUmamiBatch(body, sender, context)
		}
	],
	[
		'/count',
		{
			methods: ['GET', 'POST'],
			maxBytes: null,
			take: ({ query, page }, sender, context) =>
				takeGoatCounter(new URLSearchParams(query), page, sender, context)
		}
	]
]);

/** Addresses of Plausible's script: a page that changes only the host gets Byline's tracker there. */
const PLAUSIBLE_SCRIPT = /^\/js\/(?:(?:script|plausible)(?:\.[a-z.-]+)?|pa-[\w-]+)\.js$/;

/**
 * The routes that come before SvelteKit: events in the forms of several systems, and the tracker script. They read
 * and set no cookie.
 */
export function createIntakeListener(
	context: IntakeContext,
	trackerScript: string
): IntakeListener {
	const plausible = plausibleScript(trackerScript);
	return (request, response) => {
		const url = request.url ?? '/';
		const mark = url.indexOf('?');
		const path = mark === -1 ? url : url.slice(0, mark);
		const route = ROUTES.get(path);
		if (route !== undefined) {
			const query = mark === -1 ? '' : url.slice(mark + 1);
			void answer(request, response, route, query, context);
			return true;
		}
		if (path === '/js/byline.js') {
			sendScript(request, response, trackerScript);
			return true;
		}
		if (PLAUSIBLE_SCRIPT.test(path)) {
			sendScript(request, response, plausible);
			return true;
		}
		return false;
	};
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	{ methods, maxBytes, take }: Route,
	query: string,
	context: IntakeContext
): Promise<void> {
	if (request.method === 'OPTIONS') {
		response.writeHead(204, PREFLIGHT).end();
		return;
	}
	if (request.method === undefined || !methods.includes(request.method)) {
		send(response, {
			status: 405,
			headers: {
				allow: [...methods, 'OPTIONS'].join(', '),
				'content-type': 'application/json; charset=utf-8'
			},
			body: JSON.stringify({ errors: { method: [`must be ${methods.join(' or ')}`] } })
		});
		return;
	}
	try {
		const body = maxBytes === null ? '' : await readBody(request, maxBytes);
		if (body === TOO_LARGE) {
			refuseEarly(request, response, tooLarge(maxBytes ?? 0));
			return;
		}
		if (body === null) {
			send(response, refusal({ body: ['is not valid UTF-8'] }));
			return;
		}
		const { origin, referer, dnt, authorization } = request.headers;
		const { 'sec-gpc': gpc, 'user-agent': userAgent } = request.headers;
		const asked = { query, page: { origin, referer }, body };
		const privacySignal = gpc === '1' || dnt === '1';
		const sender = { ip: addressOf(request, context), userAgent, privacySignal };
		const key = authorization === undefined ? null : bearerOf(authorization);
		if (key === null) {
			send(response, await take(asked, sender, context));
			return;
		}
		const keySite = context.keySite(key);
		const ip = namedReader(request.headers['x-forwarded-for']) ?? sender.ip;
		send(
			response,
			keySite === null ? noKey() : await take(asked, { ...sender, ip, keySite }, context)
		);
	} catch {
		if (response.headersSent) return;
		// A body cut short is the sender's; anything else is ours, and worth another try.
		const isOurs = request.complete;
		send(
			response,
			isOurs
				? unavailable('The event could not be taken.')
				: refusal({ body: ['could not be read'] })
		);
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

/** Listeners cost a third of what an async iterator does. Node's `requestTimeout` ends a body that never comes. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
	if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(TOO_LARGE);
	const { promise, resolve, reject } = Promise.withResolvers<Body>();
	const chunks: Buffer[] = [];
	let size = 0;
	const take = (chunk: Buffer): void => {
		size += chunk.length;
		if (size <= maxBytes) chunks.push(chunk);
		else {
			request.off('data', take);
			resolve(TOO_LARGE);
		}
	};
	request.on('data', take);
	request.on('end', () => resolve(decode(chunks)));
	request.on('error', reject);
	return promise;
}

function decode(chunks: readonly Buffer[]): string | null {
	const [first] = chunks;
	const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
	if (!isUtf8(bytes)) return null;
	const text = bytes.toString('utf8');
	return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
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
	writeHead(response, { ...answer, headers: { ...answer.headers, connection: 'close' } });
	response.write(answer.body);
	const end = (): void => {
		clearTimeout(timer);
		if (!response.writableEnded) response.end();
	};
	const timer = setTimeout(end, LINGER_MS);
	request.once('end', end).once('close', end).resume();
}

/** Each header costs a microsecond or two: the usual answer has no more than it needs. In pairs, they cost least. */
function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
	const pairs = [
		'access-control-allow-origin',
		'*',
		'content-length',
		String(Buffer.byteLength(body))
	];
	let isExposed = false;
	for (const [name, value] of Object.entries(headers)) {
		pairs.push(name, value);
		isExposed ||= name.startsWith('x-');
	}
	if (isExposed) pairs.push('access-control-expose-headers', EXPOSED);
	response.writeHead(status, pairs);
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
