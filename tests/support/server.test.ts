import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runServer, startServer } from './server.ts';
import { temporaryFolder } from './temp.ts';

const folder = temporaryFolder('server');
afterAll(folder.remove);

/** Healthy only a moment after it listens; counts its starts in the data folder. */
const script = join(folder.path, 'server.mjs');
writeFileSync(
	script,
	`import { appendFileSync } from 'node:fs';
	import { createServer } from 'node:http';
	const { DATA_DIR, HOST, PORT, FAIL, SECRET } = process.env;
	if (FAIL) { console.error('The data folder is read-only.'); process.exit(1); }
	appendFileSync(DATA_DIR + '/starts', 'x');
	const ready = Date.now() + 200;
	createServer((request, response) => {
		response.statusCode = Date.now() < ready ? 503 : 200;
		response.end(String(SECRET));
	}).listen(Number(PORT), HOST, () => console.error('listening'));
	process.on('SIGTERM', () => process.exit(0));`
);

describe('startServer', () => {
	test('waits for health, keeps data and address over kill -9, and leaves nothing behind', async () => {
		const server = await startServer({ script });
		const first = server.pid();
		expect((await fetch(`${server.url}/health`)).status).toBe(200);
		await server.kill9();
		await expect(fetch(server.url)).rejects.toThrow();
		await server.restart();
		expect(server.pid()).not.toBe(first);
		expect((await fetch(`${server.url}/health`)).status).toBe(200);
		expect(readFileSync(join(server.dataDir, 'starts'), 'utf8')).toBe('xx');
		expect(server.stderr()).toBe('listening\nlistening\n');
		expect(await server.stop()).toBe(0);
		expect(existsSync(server.dataDir)).toBe(false);
	});

	test('does not hand on the settings of whoever runs the tests', async () => {
		process.env.SECRET = 'outside';
		await using plain = await startServer({ script });
		expect(await (await fetch(plain.url)).text()).toBe('undefined');
		await using own = await startServer({ script, env: { SECRET: 'inside' } });
		expect(await (await fetch(own.url)).text()).toBe('inside');
	});

	test('tells why a server did not start', async () => {
		const start = startServer({ script, env: { FAIL: '1' } });
		await expect(start).rejects.toThrow(/ended with code 1[^]*read-only/);
	});

	test('gives up on a server that does not become healthy', async () => {
		const start = startServer({ script, readyMs: 100 });
		await expect(start).rejects.toThrow('within 100 ms');
	});
});

test('runServer answers code and output of a start that fails', async () => {
	const result = await runServer({ FAIL: '1' }, { script });
	expect(result).toMatchObject({ code: 1, timedOut: false, stdout: '' });
	expect(result.stderr).toBe('The data folder is read-only.\n');
});
