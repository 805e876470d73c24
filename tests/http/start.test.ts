import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runServer, startServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';
import { byline } from './byline-command.ts';

const scratch = temporaryFolder('start');
afterAll(scratch.remove);

const folder = (name: string): string => join(scratch.path, name);

/** One sentence for people, no trace of code, exit code 1. */
async function expectRefusal(
	env: Readonly<Record<string, string>>,
	...said: readonly (string | RegExp)[]
): Promise<void> {
	const { code, stdout, stderr, timedOut } = await runServer(
		{ DATA_DIR: folder('data'), ...env },
		{ timeoutMs: 8_000 }
	);
	expect({ code, stdout, timedOut }).toEqual({ code: 1, stdout: '', timedOut: false });
	expect(stderr).toMatch(/^byline: [A-Z][^\n]+\n$/);
	expect(stderr).not.toMatch(/\bat .*:\d+:\d+|\w+Error\b|undefined/);
	for (const text of said) expect(stderr).toMatch(text);
}

describe('a start that cannot be', () => {
	test.each([
		['PORT', '80a'],
		['THREADS', '0'],
		['MEMORY_LIMIT', 'plenty'],
		['ORIGIN', 'stats.example.com'],
		['ALLOW_HEADLESS', 'yes']
	])('for the setting %s=%s names it, its value and what it may be', async (name, value) => {
		await expectRefusal({ [name]: value }, name, `"${value}"`, /must be \S+/);
	});

	test('for a used port names the port', async () => {
		const other = createServer().listen(0, '127.0.0.1');
		await once(other, 'listening');
		const address = other.address();
		const port = typeof address === 'object' && address !== null ? String(address.port) : '';
		await expectRefusal({ PORT: port }, port, /in use/);
		other.close();
	});

	test('for an address of another machine names it', async () => {
		await expectRefusal({ HOST: '203.0.113.7' }, '203.0.113.7');
	});

	test('for a data folder that is a file, or lies below one, names it', async () => {
		writeFileSync(folder('file'), 'not a folder');
		await expectRefusal({ DATA_DIR: folder('file') }, folder('file'), /file/);
		await expectRefusal({ DATA_DIR: folder('file/data') }, folder('file/data'), /file/);
	});

	test('for a data folder that cannot be written names it', async () => {
		await expectRefusal({ DATA_DIR: '/sys/byline' }, '/sys/byline', /cannot be used/);
	});

	// There mkdir says that a parent is missing, though it is not, and Node tries for ever.
	test('for a data folder on a file system that has no new folders names it', async () => {
		await expectRefusal({ DATA_DIR: '/proc/byline' }, '/proc/byline', /cannot be used/);
	});

	test('for what lies in the data folder where a file should be says so', async () => {
		mkdirSync(folder('odd/events.duckdb'), { recursive: true });
		await expectRefusal({ DATA_DIR: folder('odd') }, /events\.duckdb/);
		mkdirSync(folder('odd-journal'), { recursive: true });
		writeFileSync(folder('odd-journal/journal'), '');
		await expectRefusal({ DATA_DIR: folder('odd-journal') }, /journal/);
		mkdirSync(folder('odd-salts'), { recursive: true });
		writeFileSync(folder('odd-salts/salts.json'), '{"live|1|2017-08-25":{"salt":7}}');
		await expectRefusal({ DATA_DIR: folder('odd-salts') }, /salts\.json/);
	});

	test('for a data folder held by another server says so, and disturbs it not', async () => {
		await using server = await startServer();
		await expectRefusal({ DATA_DIR: server.dataDir }, /in use by another process/);
		expect((await fetch(`${server.url}/health`)).status).toBe(200);
		expect((await byline(server.dataDir, 'site', 'list')).code).toBe(0);
	});
});

describe('a command that cannot be', () => {
	test.each([
		[['sing'], /"sing"/],
		[['site', 'add', 'a.example', '--timezone', 'Mars/Olympus'], /Mars\/Olympus/],
		[['site', 'add', 'a.example', '--colour', 'red'], /--colour/],
		[['posts', 'sync', '--site', 'nowhere.example'], /nowhere\.example/]
	])('%j is one sentence', async (args, said) => {
		const { code, stdout, stderr } = await byline(folder('commands'), ...args);
		expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
		expect(stderr).toMatch(/^byline: [^\n]+\n$/);
		expect(stderr).toMatch(said);
	});
});

test('a stop is polite: exit code 0, nothing on standard output', async () => {
	const server = await startServer();
	expect(await server.stop()).toBe(0);
	expect(server.stdout()).toBe('');
	expect(server.stderr()).toMatch(/Stopping on SIGTERM/);
});
