import { request as requestPlain, type IncomingMessage } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Duplex } from 'node:stream';
import { abortReason, Failure, messageOf } from '../../failure.ts';
import { isPublicAddress } from './public-address.ts';

/** All addresses of a host name, as DNS gives them now. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface RequestLimits {
	/** Of the body as sent and as unpacked. */
	readonly maxBytes: number;
	/** For everything: name, connection, headers, body. */
	readonly maxMs: number;
}

interface RequestOptions {
	readonly headers: Readonly<Record<string, string>>;
	readonly resolve: Resolve;
	readonly allowsAddress: (address: string) => boolean;
	readonly limits: RequestLimits;
}

export interface RawResponse {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** Unpacked. Empty for redirects, whose body nobody reads. */
	readonly body: Buffer;
}

const DECODERS: Readonly<Record<string, () => Duplex>> = {
	gzip: createGunzip,
	'x-gzip': createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress
};

/**
 * One GET. The addresses of the host are judged and the connection goes to one of those judged, so that a name that
 * changes its mind in between gains nothing.
 * @throws Failure `fetch`
 */
export async function requestOnce(url: URL, options: RequestOptions): Promise<RawResponse> {
	const { limits, allowsAddress } = options;
	const deadline = AbortSignal.timeout(limits.maxMs);
	const judged = (addresses: readonly string[]): readonly string[] => {
		const refused = addresses.find((each) => !isPublicAddress(each) && !allowsAddress(each));
		if (refused !== undefined)
			throw new Failure(
				'fetch',
				`${url.href} was not fetched: ${refused} is no public address. FETCH_ALLOW can name it.`
			);
		return addresses;
	};
	try {
		const host = url.hostname.replace(/^\[|\]$/g, '');
		const found = isIP(host) === 0 ? await withDeadline(options.resolve(host), deadline) : [host];
		const addresses = judged(found);
		if (addresses.length === 0)
			throw new Failure('fetch', `${url.href} was not fetched: its host has no address.`);
		const response = await connect(url, options.headers, pinnedTo(addresses), deadline);
		const isRead = response.statusCode === 200;
		const body = isRead
			? await readBody(response, url, limits.maxBytes, deadline)
			: Buffer.alloc(0);
		if (!isRead) response.destroy();
		return { status: response.statusCode ?? 0, headers: headersOf(response), body };
	} catch (thrown) {
		if (thrown instanceof Failure) throw thrown;
		if (deadline.aborted)
			throw new Failure(
				'fetch',
				`${url.href} was not fetched: it took longer than ${limits.maxMs / 1_000} s.`
			);
		throw new Failure('fetch', `${url.href} was not fetched: ${messageOf(thrown)}.`);
	}
}

function pinnedTo(addresses: readonly string[]): LookupFunction {
	const all = addresses.map((address) => ({ address, family: isIP(address) }));
	return (_host, options, done) => {
		const [first] = all;
		if (options.all === true) done(null, all);
		else done(null, first?.address ?? '', first?.family);
	};
}

function connect(
	url: URL,
	headers: Readonly<Record<string, string>>,
	lookup: LookupFunction,
	signal: AbortSignal
): Promise<IncomingMessage> {
	const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
	const request = url.protocol === 'https:' ? requestSecure : requestPlain;
	// No agent: a connection kept open would outlive the judgement of its address.
	const sent = request(url, { headers, lookup, signal, agent: false });
	sent.once('response', resolve);
	sent.once('error', reject);
	sent.end();
	return promise;
}

function readBody(
	response: IncomingMessage,
	url: URL,
	maxBytes: number,
	signal: AbortSignal
): Promise<Buffer> {
	const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
	const chunks: Buffer[] = [];
	const tooLarge = (): Failure =>
		new Failure('fetch', `${url.href} is larger than ${maxBytes / 1024 / 1024} MB.`);
	const count = (keep: boolean) => {
		let size = 0;
		return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
			for await (const chunk of source) {
				size += chunk.length;
				if (size > maxBytes) throw tooLarge();
				if (keep) chunks.push(chunk);
				yield chunk;
			}
		};
	};
	const discard = async (source: AsyncIterable<Buffer>): Promise<void> => {
		for await (const _ of source);
	};
	const decoder = DECODERS[response.headers['content-encoding']?.trim().toLowerCase() ?? ''];
	const done = (error: Error | null | undefined): void => {
		if (error) reject(signal.aborted ? abortReason(signal) : error);
		else resolve(Buffer.concat(chunks));
	};
	if (decoder === undefined) pipeline(response, count(true), discard, done);
	else pipeline(response, count(false), decoder(), count(true), discard, done);
	return promise;
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(', ') : value
		])
	);
}

function withDeadline<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	const { promise, reject } = Promise.withResolvers<never>();
	signal.addEventListener('abort', () => reject(new Error('Time is up')), { once: true });
	return Promise.race([work, promise]);
}
