import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { codingFor, compressed } from './compressed.ts';

const TEXT = 'Byline '.repeat(1_000);

const asked = (accept: string | null): Request =>
	new Request('http://byline.test/', {
		headers: accept === null ? {} : { 'accept-encoding': accept }
	});

const page = (headers: Record<string, string> = {}, body: BodyInit | null = TEXT): Response =>
	new Response(body, { headers: { 'content-type': 'text/html', ...headers } });

const bytesOf = async (response: Response): Promise<Buffer> =>
	Buffer.from(await response.arrayBuffer());

test('in the coding that the reader takes', async () => {
	const brotli = compressed(asked('gzip, deflate, br'), page());
	expect(brotli.headers.get('content-encoding')).toBe('br');
	expect(brotliDecompressSync(await bytesOf(brotli)).toString()).toBe(TEXT);
	const gzip = compressed(asked('gzip'), page());
	expect(gzip.headers.get('content-encoding')).toBe('gzip');
	expect(gunzipSync(await bytesOf(gzip)).toString()).toBe(TEXT);
	const plain = compressed(asked(null), page());
	expect(plain.headers.get('content-encoding')).toBe(null);
	expect((await bytesOf(plain)).toString()).toBe(TEXT);
});

test.each([
	['br', 'br'],
	['*', 'br'],
	['gzip, br;q=0.5', 'gzip'],
	['br;q=0, gzip', 'gzip'],
	['GZIP;q=0.1', 'gzip'],
	['identity', null],
	['deflate', null],
	['br;q=0, gzip;q=0', null],
	['*;q=0', null],
	['', null]
])('"%s" is %s', (accept, coding) => expect(codingFor(accept)).toBe(coding));

test('caches hear that the answer depends on the codings, whichever was taken', () => {
	for (const accept of ['br', null])
		expect(compressed(asked(accept), page({ vary: 'cookie' })).headers.get('vary')).toBe(
			'cookie, accept-encoding'
		);
});

test('length and tag of the bytes before are not kept; status and other headers are', () => {
	const response = compressed(
		asked('br'),
		new Response(TEXT, {
			status: 404,
			headers: { 'content-type': 'text/html', 'content-length': '7000', etag: '"a"', 'x-a': 'b' }
		})
	);
	expect(response.status).toBe(404);
	expect([...response.headers.keys()].sort()).toEqual([
		'content-encoding',
		'content-type',
		'vary',
		'x-a'
	]);
});

test.each([
	['an event stream', page({ 'content-type': 'text/event-stream' })],
	['a picture', page({ 'content-type': 'image/png' })],
	['what is coded already', page({ 'content-encoding': 'br' })],
	['what is not to be transformed', page({ 'cache-control': 'no-store, no-transform' })],
	['what is short', page({ 'content-length': '20' })],
	['what has no body', page({}, null)]
])('%s stays as it is', (_, response) => {
	expect(compressed(asked('br'), response)).toBe(response);
});

test('a chunk goes out when it comes in', async () => {
	const { promise: never } = Promise.withResolvers<undefined>();
	const body = new ReadableStream<Uint8Array>({
		start: (controller) => controller.enqueue(new TextEncoder().encode(TEXT)),
		pull: () => never
	});
	const reader = compressed(asked('br'), page({}, body)).body?.getReader();
	const first = await reader?.read();
	expect(first?.value?.length).toBeGreaterThan(0);
	await reader?.cancel();
});

test('the source hears when the reader leaves', async () => {
	const { promise: left, resolve } = Promise.withResolvers<undefined>();
	const body = new ReadableStream<Uint8Array>({
		pull: (controller) => controller.enqueue(new TextEncoder().encode(TEXT)),
		cancel: () => resolve(undefined)
	});
	const reader = compressed(asked('gzip'), page({}, body)).body?.getReader();
	await reader?.read();
	await reader?.cancel();
	await left;
});
