import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionFor } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { ask, CHROME, post } from './client.ts';
import { listen as listenAt, newestOf, type Listening } from './listen.ts';
import { BLOG, startBlog } from './start-blog.ts';

let server: TestServer;

beforeAll(async () => {
	server = await startBlog();
});

afterAll(async () => {
	await server.stop();
});

const listen = async (): Promise<Listening> =>
	listenAt(`${server.url}/${BLOG}/live`, await sessionFor(server.url));

const view = (more = ''): Promise<unknown> =>
	post(
		server.url,
		{ n: 'pageview', u: `https://${BLOG}/a`, d: BLOG },
		{ headers: { 'user-agent': `${CHROME} ${more}` } }
	);

test('a stream of a site nobody knows of is not there', async () => {
	const answer = await ask(`${server.url}/nobody.example/live`, {
		headers: { accept: 'text/event-stream' }
	});
	expect(answer.status).toBe(404);
	const other = await ask(`${server.url}/nobody-else.example/live`, {
		headers: { accept: 'text/event-stream' }
	});
	expect(other.text.replaceAll('nobody-else', 'nobody')).toBe(answer.text);
});

test('says at once how the site stands, uncompressed and not to be kept', async () => {
	const { response, heard } = await listen();
	expect(response.statusCode).toBe(200);
	expect(response.headers).toMatchObject({
		'content-type': 'text/event-stream; charset=utf-8',
		'cache-control': 'no-store, no-transform'
	});
	expect(response.headers['content-encoding']).toBe(undefined);
	expect(await heard(() => true)).toEqual({ visitors: 0, newest: null, hasEvents: false });
	response.destroy();
});

test('HEAD gives the headers alone', async () => {
	const answer = await ask(`${server.url}/${BLOG}/live`, { method: 'HEAD' });
	expect(answer.status).toBe(200);
	expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
});

test('two hundred hear of an event, and leave nothing behind', async () => {
	const open = (): number => readdirSync(`/proc/${server.pid()}/fd`).length;
	const counts = existsSync(`/proc/${server.pid()}/fd`);
	const before = counts ? open() : 0;
	const listening = await Promise.all(Array.from({ length: 200 }, listen));
	const standing = newestOf(await listening[0]?.heard(() => true));
	if (counts) expect(open()).toBeGreaterThan(before + 180);
	await view();
	const told = await Promise.all(
		listening.map(({ heard }) => heard((now) => newestOf(now) > standing))
	);
	expect(new Set(told.map((now) => JSON.stringify(now))).size).toBe(1);
	expect(told[0]).toMatchObject({ visitors: 1, hasEvents: true });
	for (const { response } of listening) response.destroy();
	if (counts) await expect.poll(open, { timeout: 10_000 }).toBeLessThan(before + 20);
});

test('one that does not read holds nobody back, and hears only what is newest', async () => {
	const [slow, quick] = [await listen(), await listen()];
	slow.response.pause();
	let newest = newestOf(await quick.heard(() => true));
	for (const reader of ['one', 'two', 'three']) {
		await view(reader);
		const before = newest;
		newest = newestOf(await quick.heard((now) => newestOf(now) > before));
	}
	slow.response.resume();
	expect(newestOf(await slow.heard((now) => newestOf(now) === newest))).toBe(newest);
	slow.response.destroy();
	quick.response.destroy();
});

test('the streams end politely with the server', async () => {
	const listening = await Promise.all([listen(), listen()]);
	await Promise.all(listening.map(({ heard }) => heard(() => true)));
	await server.restart();
	await Promise.all(listening.map(({ ended }) => ended));
	for (const { response } of listening) expect(response.complete).toBe(true);
	expect(server.stderr()).not.toContain('Error');
});
