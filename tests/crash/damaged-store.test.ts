import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '../http/client.ts';
import { readReport } from '../http/report.ts';
import { startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';
import { expectOnce, expectWell, idOf, pages, view } from './blog-views.ts';

let server: TestServer;
beforeAll(async () => {
	server = await startBlog([{ path: '/garbage/0', title: 'A post', topics: ['Selling'] }]);
});
afterAll(async () => {
	await server.stop();
});

const all: string[] = [];
const file = (): string => join(server.dataDir, 'events.duckdb');
const setAside = (): readonly string[] =>
	readdirSync(server.dataDir).filter((name) => /^events\.duckdb\.damaged-[^.]*$/.test(name));

/** Everything is in the file when the server is killed, so that only the journal can bring it back. */
async function postAndKill(name: string): Promise<void> {
	const own = pages(name, 20);
	const answer = await post(
		server.url,
		own.map((path) => view(path, idOf(path)))
	);
	expect(answer.status).toBe(202);
	all.push(...own);
	await server.restart();
	await server.kill9();
}

test('an event store that became garbage is set aside and made anew from the journal', async () => {
	await postAndKill('garbage');
	const garbage = Buffer.alloc(statSync(file()).size, 'this is no database ');
	writeFileSync(file(), garbage);
	await server.restart();
	await expectOnce(server, all);
	expect(setAside()).toHaveLength(1);
	expect(readFileSync(join(server.dataDir, setAside()[0] ?? '')).equals(garbage)).toBe(true);
	expect(server.stderr()).toMatch(/set aside as events\.duckdb\.damaged-.*made from the journal/);
	// The catalogue is there again too.
	const { rows } = await readReport(server.url, 'posts');
	expect(rows.map((row) => [row['title'], row['page_views']])).toEqual([['A post', 1]]);
});

test('one that was cut in half is too', async () => {
	await postAndKill('half');
	const bytes = readFileSync(file());
	writeFileSync(file(), bytes.subarray(0, bytes.length / 2));
	await server.restart();
	await expectOnce(server, all);
	expect(setAside()).toHaveLength(2);
});

test('one that is gone is made anew, and the same ids count no second time', async () => {
	await postAndKill('gone');
	rmSync(file());
	await server.restart();
	const again = all.map((path) => view(path, idOf(path)));
	expect((await post(server.url, [...again, view('/last')])).status).toBe(202);
	await expectOnce(server, [...all, '/last']);
	await expectWell(server);
});
