/**
 * A few rounds by default. The nightly form, on the built server: CRASH_ROUNDS=50 npx vitest run tests/crash/kill.test.ts
 */
import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { post } from '../http/client.ts';
import { startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';
import { countViews, idOf, view } from './blog-views.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 5);
const ROUND_MS = 20_000;
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

	test(
		`has each event it answered once, ${ROUNDS} times over`,
		{
			timeout: 60_000 + ROUNDS * ROUND_MS
		},
		async () => {
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
				// One sender with as many events as the nightly form has rests for a while.
				.poll(async () => (await countViews(server)).get('/last'), { timeout: 120_000 })
				.toBe(1);
			expect([...(await countViews(server)).values()].filter((count) => count !== 1)).toEqual([]);
			expect(server.stderr()).not.toMatch(/^\s+at .+:\d+|wait in the journal/m);
		}
	);
});
