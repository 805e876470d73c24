import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post } from '../http/client.ts';
import { readReport } from '../http/report.ts';
import { BLOG, startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';

const ROUNDS = 5;
const STREAMS = 12;
const SEED = 20_170_825;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const view = (path: string, id?: string): object => ({
	n: 'pageview',
	u: `https://${BLOG}${path}`,
	d: BLOG,
	...(id === undefined ? {} : { i: id })
});

/** Page views by page. */
async function countViews(server: TestServer): Promise<ReadonlyMap<string, number>> {
	const { rows } = await readReport(server.url, 'pages');
	return new Map(rows.map((row) => [String(row['path']), Number(row['page_views'])]));
}

const idOf = (path: string): string => path.replaceAll('/', '_');
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Stream {
	readonly answered: readonly string[];
	readonly unanswered: readonly string[];
}

/** Posts events of pages of their own, alone and in batches, until the server is killed after a while. */
async function postUntilKilled(
	server: TestServer,
	round: number,
	random: () => number
): Promise<Stream> {
	const answered: string[] = [];
	const unanswered: string[] = [];
	const agent = new Agent({ keepAlive: true, maxSockets: STREAMS });
	let dead = false;
	let number = 0;
	const stream = async (name: number): Promise<void> => {
		while (!dead) {
			const isBatch = name % 4 === 0;
			const paths = Array.from(
				{ length: isBatch ? 5 : 1 },
				() => `/round-${round}/page-${(number += 1)}`
			);
			// Some with an id of their own, the rest with one from the server.
			const events = paths.map((path) => view(path, name % 3 === 0 ? idOf(path) : undefined));
			try {
				const { status } = await post(server.url, isBatch ? events : events[0], { agent });
				(status === 202 ? answered : unanswered).push(...paths);
			} catch {
				unanswered.push(...paths);
			}
		}
	};
	const streams = Array.from({ length: STREAMS }, (_, name) => stream(name));
	await expect.poll(() => answered.length, { interval: 1, timeout: 10_000 }).toBeGreaterThan(20);
	await wait(random() * 700);
	await server.kill9();
	dead = true;
	await Promise.all(streams);
	agent.destroy();
	return { answered, unanswered };
}

describe('a server that is killed while it takes events', () => {
	let server: TestServer;
	beforeAll(async () => {
		server = await startBlog();
	});
	afterAll(async () => {
		await server.stop();
	});

	test(`has each event it answered once, ${ROUNDS} times over`, async () => {
		const random = randomFrom(SEED);
		const rounds: Stream[] = [];
		for (let round = 0; round < ROUNDS; round += 1) {
			rounds.push(await postUntilKilled(server, round, random));
			await server.restart();
			const views = await countViews(server);
			const answered = rounds.flatMap((stream) => stream.answered);
			const unanswered = rounds.flatMap((stream) => stream.unanswered);
			expect(answered.filter((path) => views.get(path) !== 1)).toEqual([]);
			expect(unanswered.filter((path) => (views.get(path) ?? 0) > 1)).toEqual([]);
			expect(views.size).toBeLessThanOrEqual(answered.length + unanswered.length);
		}
		expect(rounds.every(({ unanswered }) => unanswered.length > 0)).toBe(true);

		// A sender that got no answer tries again: with an id that is once in the end.
		const named = rounds
			.flatMap(({ answered, unanswered }) => [...answered.slice(-200), ...unanswered])
			.map((path) => view(`/again${path}`, idOf(path)));
		await post(server.url, named.slice(0, 1_000));
		await server.kill9();
		await server.restart();
		await post(server.url, named.slice(0, 1_000));
		await post(server.url, view('/last'));
		await expect
			.poll(async () => (await countViews(server)).get('/last'), { timeout: 15_000 })
			.toBe(1);
		expect([...(await countViews(server)).values()].filter((count) => count !== 1)).toEqual([]);
		expect(server.stderr()).not.toMatch(/^\s+at .+:\d+|wait in the journal/m);
	});
});

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
		return join(folder, readdirSync(folder).sort().at(-1) ?? '');
	};
	const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);
	const pages = (name: string, count: number): string[] =>
		Array.from({ length: count }, (_, index) => `/${name}/${index}`);
	async function postAll(paths: readonly string[]): Promise<void> {
		for (const path of paths) expect((await post(server.url, view(path))).status).toBe(202);
	}
	async function expectPages(paths: readonly string[]): Promise<void> {
		const views = await countViews(server);
		expect([...views.keys()].sort()).toEqual([...paths].sort());
		expect(new Set(views.values())).toEqual(new Set([1]));
	}

	const first = pages('first', 20);
	const second = pages('second', 5);
	const third = pages('third', 5);

	test('at its end, by a torn line, is taken up to there', async () => {
		await postAll(first);
		await server.kill9();
		const text = readFileSync(segment(), 'utf8');
		expect(linesOf(text)).toHaveLength(20);
		writeFileSync(segment(), text + (linesOf(text)[0] ?? '').slice(0, 40));
		await server.restart();
		await expectPages(first);
	});

	test('in the middle, by a byte, loses that line alone and says so', async () => {
		await postAll(second);
		await server.kill9();
		const lines = linesOf(readFileSync(segment(), 'utf8'));
		const at = lines.findIndex((line) => line.includes('/second/2'));
		lines[at] = (lines[at] ?? '').replace('/second/2', '/second/X');
		writeFileSync(segment(), `${lines.join('\n')}\n`);
		await server.restart();
		await expectPages([...first, ...second.filter((path) => path !== '/second/2')]);
		expect(server.stderr()).toMatch(/1 journal line\(s\).*checksum/);
	});

	test('where all was stored already loses nothing, before or after', async () => {
		await server.kill9();
		const text = readFileSync(segment(), 'utf8');
		// The last line, with a flipped byte.
		writeFileSync(segment(), text.replace(/.\}\n$/, '~}\n'));
		await server.restart();
		await postAll(third);
		await server.restart();
		await expectPages([...first, ...second.filter((path) => path !== '/second/2'), ...third]);
	});

	test('by another program, which left it empty, takes new events', async () => {
		await server.kill9();
		writeFileSync(segment(), '');
		await server.restart();
		await postAll(['/fourth']);
		await server.restart();
		expect((await countViews(server)).get('/fourth')).toBe(1);
		expect((await countViews(server)).size).toBe(30);
		expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
	});
});
