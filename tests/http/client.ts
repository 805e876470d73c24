import { Agent, request } from 'node:http';
import { sessionFor } from '../support/owner.ts';

/** What a reader's desktop Chrome says it is. */
export const CHROME =
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly text: string;
}

interface Ask {
	readonly method?: string;
	/** Over the usual ones: a desktop Chrome with the owner's session. Undefined takes a header out. */
	readonly headers?: Readonly<Record<string, string | undefined>>;
	readonly body?: string | Buffer;
	/** Sends the body in pieces, without telling its length. */
	readonly chunked?: boolean;
	readonly agent?: Agent;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request. `fetch` adds a User-Agent and hides what a server says before it closes; this does neither. */
export async function ask(
	url: string,
	{ method = 'GET', headers = {}, body, chunked = false, agent: own = agent }: Ask = {}
): Promise<Answer> {
	const cookie = 'cookie' in headers ? undefined : await sessionFor(url);
	const given = Object.entries({ 'user-agent': CHROME, cookie, ...headers });
	const sent = Object.fromEntries(given.flatMap(([name, value]) => (value ? [[name, value]] : [])));
	return new Promise((resolve, reject) => {
		const outgoing = request(url, { method, agent: own, headers: sent }, (incoming) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('error', reject);
			incoming.on('end', () =>
				resolve({
					status: incoming.statusCode ?? 0,
					headers: incoming.headers,
					text: Buffer.concat(chunks).toString('utf8')
				})
			);
		});
		outgoing.on('error', (error: NodeJS.ErrnoException) => {
			// The server had closed a connection that was idle: nothing was asked yet, as every browser knows.
			const isIdleClose = outgoing.reusedSocket && error.code === 'ECONNRESET';
			if (isIdleClose && method === 'GET') ask(url, { headers, agent: own }).then(resolve, reject);
			else reject(error);
		});
		if (chunked) outgoing.write(body);
		outgoing.end(chunked ? undefined : body);
	});
}

/** `POST /api/event` with a value as JSON, or with text or bytes as they are. */
export function post(server: string, body: unknown, more: Ask = {}): Promise<Answer> {
	const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
	return ask(`${server}/api/event`, {
		method: 'POST',
		...more,
		headers: { 'content-type': 'application/json', ...more.headers },
		body: isRaw ? body : JSON.stringify(body)
	});
}
