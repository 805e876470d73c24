import { lookup } from 'node:dns/promises';
import { gunzipSync } from 'node:zlib';
import robotsParser from 'robots-parser';
import { Failure, messageOf } from '../../failure.ts';
import type { FetchExceptions } from './exceptions.ts';
import { requestOnce, type RawResponse, type RequestLimits, type Resolve } from './request.ts';
import { conditions, validatorsOf, type Validators } from './validators.ts';

/** A fetched document. */
export interface FetchedDocument {
	/** Where it was found after redirects. */
	readonly url: string;
	/** The addresses that led there, the one asked for first. */
	readonly via: readonly string[];
	readonly body: Buffer;
	readonly contentType: string;
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** Null where it cannot be asked later whether it changed. */
	readonly validators: Validators | null;
}

/** Fetches documents of one site. */
export interface Fetcher {
	/** @throws Failure `fetch` with one sentence that names the address and the reason. */
	readonly fetch: (url: string) => Promise<FetchedDocument>;
	/** Null where the document is as it was when it gave the validators. @throws Failure as above */
	readonly fetchIfChanged: (url: string, validators: Validators) => Promise<FetchedDocument | null>;
}

export interface FetcherOptions {
	/** Whether a host, lower case, is one of the site's. */
	readonly isOwnHost: (host: string) => boolean;
	readonly exceptions: FetchExceptions;
	readonly resolve?: Resolve;
	/** Epoch milliseconds. */
	readonly now?: () => number;
	readonly sleep?: (ms: number) => Promise<void>;
	readonly limits?: RequestLimits;
	/** Pause between two requests to a host, unless its robots.txt asks for a longer one. */
	readonly pauseMs?: number;
}

const LIMITS: RequestLimits = { maxBytes: 10 * 1024 * 1024, maxMs: 10_000 };
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const MAX_REDIRECTS = 5;
const ROBOTS_MS = 60 * 60 * 1_000;
const AGENT = 'Byline';
const HEADERS = {
	'user-agent': `${AGENT}/0.1 (blog analytics; reads the catalogue of its own blog)`,
	accept:
		'application/atom+xml, application/rss+xml, application/feed+json, text/html, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5',
	'accept-encoding': 'gzip, deflate, br'
};
const UNREADABLE = /^\s*((image|audio|video|font)\/|application\/(pdf|zip|wasm))/i;

interface Robots {
	readonly allows: (url: string) => boolean;
	readonly pauseMs: number;
	readonly until: number;
}

/**
 * Fetches politely and only from the site's own hosts: one request at a time and host, with a pause, as robots.txt and
 * Retry-After ask. Every redirect is judged anew.
 */
export function openFetcher(options: FetcherOptions): Fetcher {
	const { isOwnHost, exceptions, limits = LIMITS, pauseMs = PAUSE_MS } = options;
	const { resolve = resolveByDns, now = Date.now, sleep = sleepFor } = options;
	const queues = new Map<string, Promise<unknown>>();
	const freeAt = new Map<string, number>();
	const closedUntil = new Map<string, number>();
	const robots = new Map<string, Robots>();

	function judge(text: string, from: string): URL {
		const url = URL.canParse(text, from) ? new URL(text, from) : null;
		if (url === null) throw new Failure('fetch', `"${text}" is not a web address.`);
		const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
		const wrong =
			url.protocol !== 'http:' && url.protocol !== 'https:'
				? 'only http and https addresses are'
				: url.username !== '' || url.password !== ''
					? 'it holds a user name or password'
					: exceptions.allowsHost(host)
						? null
						: exceptions.isAll === true
							? 'FETCH_ALLOW does not name its host'
							: !isOwnHost(host)
								? `${host} is no host of this site; "site alias add" or FETCH_ALLOW can name it`
								: url.port !== ''
									? 'only the usual ports are asked'
									: null;
		if (wrong !== null) throw new Failure('fetch', `${url.href} was not fetched: ${wrong}.`);
		url.hash = '';
		return url;
	}

	async function polite<T>(host: string, work: () => Promise<T>): Promise<T> {
		const before = queues.get(host) ?? Promise.resolve();
		const run = before.then(async () => {
			const wait = (freeAt.get(host) ?? 0) - now();
			if (wait > 0) await sleep(Math.min(wait, LONGEST_PAUSE_MS));
			try {
				return await work();
			} finally {
				const asked = [...robots].find(([origin]) => origin.endsWith(`//${host}`))?.[1].pauseMs;
				freeAt.set(host, now() + Math.max(pauseMs, asked ?? 0));
			}
		});
		queues.set(
			host,
			run.catch(() => undefined)
		);
		return run;
	}

	async function request(
		url: URL,
		headers: Readonly<Record<string, string>>
	): Promise<RawResponse> {
		const closed = closedUntil.get(url.host) ?? 0;
		if (closed > now())
			throw new Failure(
				'fetch',
				`${url.href} was not fetched: its server asked for a pause until ${new Date(closed).toISOString()}.`
			);
		const { allowsAddress } = exceptions;
		const response = await polite(url.host, () =>
			requestOnce(url, { headers: { ...HEADERS, ...headers }, resolve, allowsAddress, limits })
		);
		if (response.status === 429 || response.status === 503)
			closedUntil.set(url.host, retryAt(response.headers['retry-after'], now()));
		return response;
	}

	async function robotsOf({ origin }: URL): Promise<Robots> {
		const known = robots.get(origin);
		if (known !== undefined && known.until > now()) return known;
		const address = `${origin}/robots.txt`;
		const until = now() + ROBOTS_MS;
		let url = judge(address, address);
		let response = await request(url, {});
		for (let hop = 0; hop < MAX_REDIRECTS && isRedirect(response); hop++) {
			url = judge(response.headers['location'] ?? '', url.href);
			response = await request(url, {});
		}
		// RFC 9309: a server that fails allows nothing, one without such a file everything.
		const failed = response.status >= 500;
		const rules = robotsParser(address, response.body.subarray(0, 512 * 1024).toString('utf8'));
		const delay = (rules.getCrawlDelay(AGENT) ?? 0) * 1_000;
		const made: Robots = {
			allows: (text) => !failed && rules.isDisallowed(text, AGENT) !== true,
			pauseMs: Math.min(delay, LONGEST_PAUSE_MS),
			until
		};
		robots.set(origin, made);
		return made;
	}

	async function answerTo(text: string, validators?: Validators) {
		const via: string[] = [];
		let url = judge(text, text);
		for (;;) {
			if (!(await robotsOf(url)).allows(url.href))
				throw new Failure('fetch', `${url.href} was not fetched: robots.txt does not allow it.`);
			const asked = conditions(validators, url.href);
			const response = await request(url, asked);
			if (!isRedirect(response))
				return { response, url: url.href, via, isAsked: Object.keys(asked).length > 0 };
			via.push(url.href);
			if (via.length > MAX_REDIRECTS)
				throw new Failure('fetch', `${text} was not fetched: it redirects too often.`);
			url = judge(response.headers['location'] ?? '', url.href);
		}
	}

	function documentOf({
		response: { status, headers, body },
		url,
		via
	}: Awaited<ReturnType<typeof answerTo>>): FetchedDocument {
		if (status !== 200) throw new Failure('fetch', `${url} answered with status ${status}.`);
		const contentType = headers['content-type'] ?? '';
		if (UNREADABLE.test(contentType))
			throw new Failure('fetch', `${url} is ${contentType}, which lists no posts.`);
		return {
			url,
			via,
			contentType,
			headers,
			body: unpacked(body, url, limits.maxBytes),
			validators: validatorsOf(headers, url, now())
		};
	}

	return {
		fetch: async (text) => documentOf(await answerTo(text)),
		fetchIfChanged: async (text, validators) => {
			const answer = await answerTo(text, validators);
			// Who was not asked whether something changed cannot say that nothing did.
			const isSame = answer.response.status === 304 && answer.isAsked;
			return isSame ? null : documentOf(answer);
		}
	};
}

function isRedirect({ status, headers }: RawResponse): boolean {
	return [301, 302, 303, 307, 308].includes(status) && headers['location'] !== undefined;
}

/** When a server wants to be asked again: in seconds or as a date, at most a day ahead. */
function retryAt(text: string | undefined, now: number): number {
	const given = text?.trim() ?? '';
	const ms = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - now;
	return now + Math.min(Number.isNaN(ms) ? 60_000 : Math.max(ms, 0), 24 * 60 * 60 * 1_000);
}

/** Sitemaps are often gzip files rather than gzip answers. */
function unpacked(body: Buffer, url: string, maxBytes: number): Buffer {
	if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
	try {
		return gunzipSync(body, { maxOutputLength: maxBytes });
	} catch (thrown) {
		const tooLarge = thrown instanceof RangeError;
		throw new Failure(
			'fetch',
			tooLarge
				? `${url} is larger than ${maxBytes / 1024 / 1024} MB when unpacked.`
				: `${url} is a gzip file that cannot be unpacked: ${messageOf(thrown)}.`
		);
	}
}

async function resolveByDns(host: string): Promise<readonly string[]> {
	return (await lookup(host, { all: true })).map(({ address }) => address);
}

function sleepFor(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms));
}
