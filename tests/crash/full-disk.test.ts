import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageOf } from '../../analytics/failure.ts';
import { ask, post, type Answer } from '../http/client.ts';
import { bylineOk } from '../http/byline-command.ts';
import { BLOG, startBlog } from '../http/start-blog.ts';
import { sessionFor } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { countViews, expectOnce, expectWell, idOf, pages, view } from './blog-views.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

const DISK_MB = 64;
const FLOOR_MB = 24;
const WRITER_MS = 1_500;
/** The server looks at the disk every five seconds. */
const LOOKED = { timeout: 20_000, interval: 200 };

/** Why no disk can be mounted here, or null. */
function whyNoDisk(): string | null {
	try {
		mountSmallDisk(1).remove();
		return null;
	} catch (thrown) {
		return messageOf(thrown);
	}
}

/** Like a full disk to one process: no file of it may grow beyond that; null lifts the limit. */
function limitFiles(server: TestServer, bytes: number | null): void {
	const limit = bytes === null ? 'unlimited' : String(bytes);
	execFileSync('prlimit', ['--pid', String(server.pid()), `--fsize=${limit}:unlimited`]);
}

function mayLimitFiles(): boolean {
	try {
		execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

let number = 0;
/** Sends page views of pages of their own until they are refused, and gives the store time to meet the full disk too. */
async function postUntilRefused(
	server: TestServer
): Promise<{ readonly taken: readonly string[]; readonly refusal: Answer }> {
	const taken: string[] = [];
	for (;;) {
		const own = pages(`until-refused-${(number += 1)}`, 5);
		const answer = await post(
			server.url,
			own.map((path) => view(path, idOf(path)))
		);
		if (answer.status !== 202) {
			await new Promise((resolve) => setTimeout(resolve, WRITER_MS));
			return { taken, refusal: answer };
		}
		taken.push(...own);
		if (number > 5_000) throw new Error('Nothing was refused.');
	}
}

function expectRefusal({ status, headers }: Answer): void {
	expect(status).toBe(503);
	expect(Number(headers['retry-after'])).toBeGreaterThan(0);
}

/** What needs no room is answered all the same. */
async function expectScreens(server: TestServer, least: number): Promise<void> {
	expect((await countViews(server)).size).toBeGreaterThanOrEqual(least);
	expect((await ask(`${server.url}/${BLOG}`)).status).toBe(200);
}

const noDisk = whyNoDisk();
if (noDisk !== null)
	console.warn(
		`No small disk can be mounted, so that only a limit to file sizes is tried: ${noDisk}`
	);

describe.runIf(noDisk === null)('a disk that is full', () => {
	let small: SmallDisk;
	let server: TestServer;
	const all: string[] = [];
	beforeAll(async () => {
		small = mountSmallDisk(DISK_MB);
		server = await startServer({
			dataDir: small.path,
			env: { DISK_FLOOR_MB: String(FLOOR_MB), JOURNAL_SEGMENT_MB: '1' }
		});
		await bylineOk(server.dataDir, 'site', 'add', BLOG);
		// Signing in writes too; what a full disk is asked for is screens.
		await sessionFor(server.url);
	});
	afterAll(async () => {
		await server.stop();
		small.remove();
	});
	const send = async (path: string): Promise<number> => {
		const answer = await post(server.url, view(path, idOf(path)));
		if (answer.status === 202) all.push(path);
		else expectRefusal(answer);
		return answer.status;
	};

	test('up to the floor: events are refused before anything is written, screens are not', async () => {
		expect(await send('/before')).toBe(202);
		small.fill((FLOOR_MB - 1) * 1024 * 1024);
		await expect.poll(() => send(`/filling/${(number += 1)}`), LOOKED).toBe(503);
		expect((await ask(`${server.url}/health`)).status).toBe(503);
		expect((await ask(`${server.url}/api/event.gif?n=pageview`)).status).toBe(503);
		await expectScreens(server, 1);
		small.free();
		await expect.poll(() => send(`/freed/${(number += 1)}`), LOOKED).toBe(202);
		await expectOnce(server, all);
	});
});

describe.runIf(noDisk === null)('a disk that is full to the last byte', () => {
	let small: SmallDisk;
	let server: TestServer;
	const all: string[] = [];
	beforeAll(async () => {
		small = mountSmallDisk(DISK_MB);
		server = await startServer({ dataDir: small.path, env: { DISK_FLOOR_MB: '0' } });
		await bylineOk(server.dataDir, 'site', 'add', BLOG);
		// Signing in writes too; what a full disk is asked for is screens.
		await sessionFor(server.url);
	});
	afterAll(async () => {
		await server.stop();
		small.remove();
	});

	test('refuses what it cannot write, and takes events again once there is room', async () => {
		all.push('/before');
		expect((await post(server.url, view('/before'))).status).toBe(202);
		await expectOnce(server, all);
		small.fill(0);
		const { taken, refusal } = await postUntilRefused(server);
		all.push(...taken);
		expectRefusal(refusal);
		await expectScreens(server, 1);
		small.free();
		expect((await post(server.url, view('/after'))).status).toBe(202);
		all.push('/after');
		await expectOnce(server, all);
	});

	test('loses nothing where it is stopped or killed meanwhile', async () => {
		for (const end of ['stop', 'kill'] as const) {
			const own = pages(end, 100);
			const batch = own.map((path) => view(path, idOf(path)));
			expect((await post(server.url, batch)).status).toBe(202);
			all.push(...own);
			small.fill(0);
			const { taken, refusal } = await postUntilRefused(server);
			all.push(...taken);
			expectRefusal(refusal);
			if (end === 'stop') process.kill(server.pid(), 'SIGTERM');
			else await server.kill9();
			await expect
				.poll(
					() =>
						ask(`${server.url}/health`).then(
							() => 'up',
							() => 'down'
						),
					LOOKED
				)
				.toBe('down');
			small.free();
			await server.restart();
			await expectOnce(server, all);
		}
		await expectWell(server);
	});
});

describe.runIf(mayLimitFiles())('a limit to the size of files', () => {
	let server: TestServer;
	beforeAll(async () => {
		server = await startBlog([], { DISK_FLOOR_MB: '0' });
		await sessionFor(server.url);
	});
	afterAll(async () => {
		await server.stop();
	});

	test('is answered like a full disk', async () => {
		const all = ['/before'];
		expect((await post(server.url, view('/before'))).status).toBe(202);
		limitFiles(server, 20_000);
		const { taken, refusal } = await postUntilRefused(server);
		all.push(...taken);
		expectRefusal(refusal);
		expect((await ask(`${server.url}/${BLOG}`)).status).toBe(200);
		limitFiles(server, null);
		expect((await post(server.url, view('/after'))).status).toBe(202);
		await server.restart();
		await expectOnce(server, [...all, '/after']);
		await expectWell(server);
	});
});
