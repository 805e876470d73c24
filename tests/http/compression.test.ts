import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionFor } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { BLOG, startBlog } from './start-blog.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startBlog([{ path: '/a', title: 'A post' }]);
});

afterAll(async () => {
	await server.stop();
});

/** The bytes as they come over the wire; `fetch` would decode them. */
const wire = async (path: string, accept: string) => {
	const cookie = await sessionFor(server.url);
	return new Promise<{ readonly headers: Record<string, unknown>; readonly bytes: Buffer }>(
		(resolve, reject) => {
			request(
				`${server.url}${path}`,
				{ headers: { 'accept-encoding': accept, cookie } },
				(response) => {
					const chunks: Buffer[] = [];
					response.on('data', (chunk: Buffer) => chunks.push(chunk));
					response.on('end', () =>
						resolve({ headers: response.headers, bytes: Buffer.concat(chunks) })
					);
				}
			)
				.on('error', reject)
				.end();
		}
	);
};

test.each([
	['a screen', `/${BLOG}`],
	['what a script asks of a screen', `/${BLOG}/__data.json`],
	['a report', `/api/reports/overview?site=${BLOG}&period=90d`],
	['a CSV', `/api/reports/overview.csv?site=${BLOG}&period=90d`],
	['the description of the API', '/api/openapi.json']
])('%s is sent compressed', async (_, path) => {
	const plain = await wire(path, 'identity');
	expect(plain.headers['content-encoding']).toBe(undefined);
	expect(plain.headers['vary']).toContain('accept-encoding');
	const nonce = /nonce-[^']+|nonce="[^"]+"/g;
	for (const [accept, unpack] of [
		['br', brotliDecompressSync],
		['gzip', gunzipSync]
	] as const) {
		const packed = await wire(path, accept);
		expect(packed.headers).toMatchObject({ 'content-encoding': accept });
		expect(packed.headers['vary']).toContain('accept-encoding');
		expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
		expect(unpack(packed.bytes).toString().replace(nonce, '')).toBe(
			plain.bytes.toString().replace(nonce, '')
		);
	}
});

test('scripts and styles come as they were compressed at build time, to be kept for ever', async () => {
	const page = (await wire(`/${BLOG}`, 'identity')).bytes.toString();
	const files = [...page.matchAll(/_app\/immutable\/[\w./-]+\.(?:js|css)/g)].map(([path]) => path);
	expect(files.length).toBeGreaterThan(3);
	for (const path of new Set(files)) {
		const { headers } = await wire(`/${path}`, 'gzip, br');
		expect(headers['cache-control']).toBe('public,max-age=31536000,immutable');
		if (Number(headers['content-length']) > 1024) expect(headers['content-encoding']).toBe('br');
	}
});
