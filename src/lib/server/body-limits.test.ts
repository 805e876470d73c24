import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { limitBody } from './body-limits.ts';

/** The length that is told to whoever answers a request. */
async function lengthTold(path: string, headers: Record<string, string>): Promise<string> {
	const server = createServer((request, response) => {
		limitBody(request);
		response.end(request.headers['content-length'] ?? 'none');
		request.resume();
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const method = Object.keys(headers).length === 0 ? 'GET' : 'POST';
	const asked = send({ port, host: '127.0.0.1', path, method, headers });
	const answered = once(asked, 'response');
	asked.flushHeaders();
	const [response] = (await answered) as [AsyncIterable<Buffer>];
	let text = '';
	for await (const chunk of response) text += chunk.toString();
	asked.destroy();
	server.close();
	return text;
}

const KILOBYTES_512 = String(512 * 1024);

test.each([
	['/a.example/segments', { 'content-length': '20' }, '20'],
	['/a.example/segments', { 'content-length': '1000000' }, KILOBYTES_512],
	['/a.example/segments', { 'transfer-encoding': 'chunked' }, KILOBYTES_512],
	['/a.example/settings/catalogue?/file', { 'content-length': '1000000' }, '1000000'],
	['/a.example/settings/imports/upload', { 'content-length': '9000000000' }, '9000000000'],
	['/a.example/settings/imports/upload/x', { 'content-length': '9000000' }, KILOBYTES_512],
	['/a.example', {}, 'none']
])('%s with %j may send %s bytes', async (path, headers, told) => {
	expect(await lengthTold(path, headers)).toBe(told);
});
