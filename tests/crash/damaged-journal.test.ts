import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post } from '../http/client.ts';
import { startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';
import { expectOnce, expectWell, pages, view } from './blog-views.ts';

describe('a journal that is damaged', () => {
	let server: TestServer;
	beforeAll(async () => {
		// Nothing is written to the store between two starts, so that the journal is all there is.
		server = await startBlog([], { WRITE_INTERVAL_MS: '60000' });
	});
	afterAll(async () => {
		await server.stop();
	});

	const segment = (): string => {
		const folder = join(server.dataDir, 'journal');
		const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
		return join(folder, names.sort().at(-1) ?? '');
	};
	const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
	async function postAll(paths: readonly string[]): Promise<void> {
		for (const path of paths) expect((await post(server.url, view(path))).status).toBe(202);
	}
	const expectPages = (paths: readonly string[]): Promise<void> => expectOnce(server, paths);

	const first = pages('first', 20);
	const second = pages('second', 5);
	const third = pages('third', 5);
	const left = second.filter((path) => path !== '/second/2');

	test('at its end, by a torn line, is taken up to there', async () => {
		await postAll(first);
		await server.kill9();
		const text = readFileSync(segment(), 'utf8');
		expect(linesOf(text)).toHaveLength(20);
		writeFileSync(segment(), text + (linesOf(text)[0] ?? '').slice(0, 40));
		await server.restart();
		await expectPages(first);
	});

	test('in the middle, by a byte, loses that line alone, sets it aside and says so once', async () => {
		await postAll(second);
		await server.kill9();
		const bytes = readFileSync(segment());
		const at = bytes.indexOf('/second/2');
		bytes.writeUInt8(bytes.readUInt8(at + 3) ^ 1, at + 3);
		writeFileSync(segment(), bytes);
		await server.restart();
		await expectPages([...first, ...left]);
		const name = basename(segment());
		const told = `1 journal line(s) do not fit their checksum and were left out. They were set aside in journal/quarantine/${name}.`;
		expect(server.stderr().split(told)).toHaveLength(2);
		const aside = join(server.dataDir, 'journal', 'quarantine', name);
		expect(readFileSync(aside, 'utf8')).toMatch(/^# byte \d+, \d+ bytes\n.+\/sebond\/2.+\n$/);
		expect(statSync(aside).mode & 0o777).toBe(0o600);

		await server.kill9();
		await server.restart();
		await expectPages([...first, ...left]);
		expect(server.stderr().split(told)).toHaveLength(2);
	});

	test('where all was stored already loses nothing, before or after', async () => {
		// Stopping politely stores all for good.
		await server.restart();
		await server.kill9();
		const text = readFileSync(segment(), 'utf8');
		// The last line, with a flipped byte.
		writeFileSync(segment(), text.replace(/.\}\n$/, '~}\n'));
		await server.restart();
		await postAll(third);
		await server.restart();
		await expectPages([...first, ...left, ...third]);
	});

	test('by another program, which left it empty, takes new events', async () => {
		await server.kill9();
		writeFileSync(segment(), '');
		await server.restart();
		await postAll(['/fourth']);
		await server.restart();
		await expectPages([...first, ...left, ...third, '/fourth']);
		await expectWell(server);
	});
});
