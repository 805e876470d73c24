import { createServer } from 'node:http';
import { z } from 'zod';
import { buildTracker, buildTrackerModule } from './build.ts';

const cta = z.strictObject({
	id: z.string(),
	placement: z.string().optional(),
	variant: z.string().optional()
});

const event = z.strictObject({
	n: z.string(),
	u: z.string(),
	d: z.string().optional(),
	i: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
	pv: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
	r: z.string().optional(),
	e: z.int().optional(),
	sd: z.int().min(0).max(100).optional(),
	c: z.union([z.array(cta), cta]).optional(),
	f: z.string().optional(),
	p: z.record(z.string(), z.unknown()).optional()
});

/** An event as it came in; which fields it carries depends on its name. */
export type CapturedEvent = z.infer<typeof event>;

/** A server of pages and of the built tracker that keeps what the tracker sends. */
export interface CaptureServer {
	readonly origin: string;
	/** Every event received, in order; a repeated id as often as it came. */
	readonly events: CapturedEvent[];
	/** The bodies as they came, and the headers that matter. */
	readonly requests: {
		readonly body: string;
		readonly type: string | undefined;
		readonly cookie: string | undefined;
		readonly gpc: string | string[] | undefined;
	}[];
	/** Sets the HTML of a path and answers its address. */
	page(path: string, html: string): string;
	/** Answers the next events with this status; they are not kept unless it is 202. */
	answer(status: number): void;
	close(): Promise<void>;
}

/** Starts one on a free port. */
export async function openCaptureServer(): Promise<CaptureServer> {
	const scripts = new Map([
		['/js/byline.js', await buildTracker()],
		['/js/byline.mjs', await buildTrackerModule()]
	]);
	const pages = new Map<string, string>();
	const events: CapturedEvent[] = [];
	const requests: CaptureServer['requests'] = [];
	let status = 202;
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const script = scripts.get(pathname);
		if (pathname === '/api/event') {
			let body = '';
			request.setEncoding('utf8');
			request.on('data', (part: string) => (body += part));
			request.on('end', () => {
				if (status === 202) {
					requests.push({
						body,
						type: request.headers['content-type'],
						cookie: request.headers.cookie,
						gpc: request.headers['sec-gpc']
					});
					const one = z.union([event.transform((only) => [only]), z.array(event)]);
					events.push(...one.parse(JSON.parse(body)));
				}
				response.writeHead(status, { 'access-control-allow-origin': '*' }).end('ok');
			});
		} else if (script !== undefined)
			response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
		else {
			const html = pages.get(pathname);
			response.writeHead(html === undefined ? 404 : 200, {
				'content-type': 'text/html; charset=utf-8'
			});
			response.end(html);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const origin = `http://localhost:${port}`;
	return {
		origin,
		events,
		requests,
		page: (path, html) => {
			pages.set(path, html);
			return origin + path;
		},
		answer: (next) => {
			status = next;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}
