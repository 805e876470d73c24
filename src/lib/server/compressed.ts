import { pipeline, Readable, type Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';

type Coding = 'br' | 'gzip';

/** Cheap levels: what is answered here is made for one reader, and made anew the next time. */
const PACKERS: Readonly<Record<Coding, () => Transform>> = {
	br: () =>
		createBrotliCompress({
			flush: constants.BROTLI_OPERATION_FLUSH,
			params: { [constants.BROTLI_PARAM_QUALITY]: 4 }
		}),
	gzip: () => createGzip({ flush: constants.Z_SYNC_FLUSH, level: 5 })
};

const TEXT = /^(text\/(?!event-stream)|application\/(json|javascript|xml)|image\/svg)/;
/** Below it, the headers weigh more than what is saved. */
const LEAST_BYTES = 1024;

/**
 * A response in a coding that its reader takes; each chunk goes out when it comes in. What is not text, coded already,
 * short, an event stream or not to be transformed stays as it is.
 */
export function compressed(request: Request, response: Response): Response {
	const { body, headers, status } = response;
	if (body === null || status === 206 || !isWorthwhile(headers)) return response;
	const coded = new Headers(headers);
	coded.append('vary', 'accept-encoding');
	const coding = codingFor(request.headers.get('accept-encoding') ?? '');
	if (coding === null) return new Response(body, { status, headers: coded });
	coded.set('content-encoding', coding);
	coded.delete('content-length');
	// It named the bytes as they were. Nothing that is made here may be kept, so nobody asks by it either.
	coded.delete('etag');
	return new Response(packed(body, PACKERS[coding]()), { status, headers: coded });
}

function isWorthwhile(headers: Headers): boolean {
	const length = headers.get('content-length');
	return (
		TEXT.test(headers.get('content-type') ?? '') &&
		!headers.has('content-encoding') &&
		!/\bno-transform\b/.test(headers.get('cache-control') ?? '') &&
		(length === null || Number(length) >= LEAST_BYTES)
	);
}

/** What a reader likes best of what is offered; Brotli where it is all the same (RFC 9110, 12.5.3). */
export function codingFor(accepted: string): Coding | null {
	const weights = new Map<string, number>();
	for (const part of accepted.toLowerCase().split(',')) {
		const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
		const q = parameters.find((text) => text.startsWith('q='));
		weights.set(name, q === undefined ? 1 : Number(q.slice(2)) || 0);
	}
	const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
	const best: Coding = weightOf('gzip') > weightOf('br') ? 'gzip' : 'br';
	return weightOf(best) > 0 ? best : null;
}

/** Ends both ends where either does: a reader who leaves must not leave the work behind. */
function packed(body: ReadableStream<Uint8Array>, packer: Transform): ReadableStream<Uint8Array> {
	pipeline(Readable.from(body), packer, () => undefined);
	const chunks: AsyncIterator<unknown> = packer[Symbol.asyncIterator]();
	return new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			const chunk = await chunks.next();
			if (chunk.done === true) controller.close();
			else if (chunk.value instanceof Uint8Array) controller.enqueue(chunk.value);
		},
		cancel: async () => {
			packer.destroy();
			await chunks.return?.();
		}
	});
}
