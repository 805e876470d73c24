import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { limitBody, openBodyDeadline } from './body-limits.ts';

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

test('a body that does not come to its end in time is not waited for, on any request of a connection', async () => {
	let now = 0;
	const bodies = openBodyDeadline(() => now, 10);
	const server = createServer((request, response) => {
		bodies.watch(request);
		request.resume().on('end', () => response.end('ok'));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const socket = connect(port, '127.0.0.1').setEncoding('utf8');
	let got = '';
	socket.on('data', (text: string) => (got += text));
	const ended = once(socket, 'end');
	const head = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n';
	socket.write(`${head}ab`);
	await expect.poll(() => got).toMatch(/ 200 OK.*ok$/s);
	now += 60_000;
	await new Promise((done) => setTimeout(done, 50));
	socket.write(`${head}a`);
	await new Promise((done) => setTimeout(done, 50));
	expect(got).not.toContain('408');
	now += 60_000;
	await ended;
	expect(got).toMatch(/ 408 Request Timeout.*Connection: close\r\n\r\n$/s);
	bodies.close();
	server.close();
});
