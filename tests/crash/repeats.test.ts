import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '../http/client.ts';
import { startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';
import { expectOnce, expectWell, idOf, pages, view } from './blog-views.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startBlog();
});
afterAll(async () => {
	await server.stop();
});

const all: string[] = [];

test('an event that is sent 1,000 times at once is one, also after a crash', async () => {
	const agent = new Agent({ keepAlive: true, maxSockets: 128 });
	const send = (): Promise<{ readonly status: number }> =>
		post(server.url, view('/once', 'the-same-id'), { agent });
	const answers = await Promise.all(Array.from({ length: 1_000 }, send));
	agent.destroy();
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
	all.push('/once');
	await expectOnce(server, all);
	await server.kill9();
	await server.restart();
	expect((await post(server.url, view('/once', 'the-same-id'))).status).toBe(202);
	await expectOnce(server, all);
});

test('a batch that is sent again after a crash counts once', async () => {
	const own = pages('batch', 1_000);
	const batch = own.map((path) => view(path, idOf(path)));
	expect((await post(server.url, batch)).status).toBe(202);
	// Before, while and after it is written to the store.
	for (const waitMs of [0, 250, 1_500]) {
		await new Promise((resolve) => setTimeout(resolve, waitMs));
		await server.kill9();
		await server.restart();
		expect((await post(server.url, batch)).status).toBe(202);
	}
	all.push(...own);
	await expectOnce(server, all);
});

test('a batch whose answer never came counts once when it is sent again', async () => {
	const own = pages('unanswered', 1_000);
	const batch = own.map((path) => view(path, idOf(path)));
	const first = post(server.url, batch).then(
		({ status }) => status,
		() => null
	);
	await new Promise((resolve) => setTimeout(resolve, 10));
	await server.kill9();
	await first;
	await server.restart();
	expect((await post(server.url, batch)).status).toBe(202);
	all.push(...own);
	await expectOnce(server, all);
	// Once more after everything was stored for good.
	await server.restart();
	expect((await post(server.url, batch)).status).toBe(202);
	expect((await post(server.url, view('/last'))).status).toBe(202);
	await expectOnce(server, [...all, '/last']);
	await expectWell(server);
});
