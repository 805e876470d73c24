/**
 * A few rounds by default. The nightly form, on the built server: CRASH_ROUNDS=50 npx vitest run tests/crash/settle.test.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { Row } from '../../analytics/reports/result.ts';
import { byline, bylineOk } from '../http/byline-command.ts';
import { CHROME, post } from '../http/client.ts';
import { readReport } from '../http/report.ts';
import { startBlog, type CataloguePost } from '../http/start-blog.ts';
import { openAskedEngine, type AskedEngine } from '../integration/asked-engine.ts';
import { expectRows } from '../oracle/expect-rows.ts';
import { questionArbitrary } from '../oracle/arbitraries.ts';
import {
	kindOf,
	metricRows,
	ORACLE_METRICS,
	type MetricQuestion
} from '../oracle/metric-oracle.ts';
import type { Question } from '../oracle/oracle.ts';
import { LAST_DAY, rollUp } from '../oracle/recording.ts';
import type { TestServer } from '../support/server.ts';
import { countViews, expectWell, view } from './blog-views.ts';

const ROUNDS = Number(process.env['CRASH_ROUNDS'] ?? 2);
const ROUND_MS = 30_000;
const LOG_LINES = 3_000;
const SEED = 20_240_229;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Numbers from 0 to 1 that are the same in every run. */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return state / 0x7fffffff;
	};
}

/** Page views of yesterday by ten readers, over a hundred pages that only this log has. */
function accessLog(round: number): { readonly text: string; readonly views: Map<string, number> } {
	const month = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });
	const start = Math.floor(Date.now() / 86_400_000 - 1) * 86_400_000;
	const views = new Map<string, number>();
	const lines = Array.from({ length: LOG_LINES }, (_, number) => {
		const at = new Date(start + number * 20_000);
		const path = `/log-${round}/${number % 100}`;
		views.set(path, (views.get(path) ?? 0) + 1);
		const [, time = ''] = at.toISOString().split('T');
		const day = `${String(at.getUTCDate()).padStart(2, '0')}/${month.format(at)}/${at.getUTCFullYear()}`;
		return `203.0.113.${number % 10} - - [${day}:${time.slice(0, 8)} +0000] "GET ${path} HTTP/1.1" 200 512 "-" "${CHROME}"`;
	});
	return { text: `${lines.join('\n')}\n`, views };
}

/** The one post lives at one path or the other; its former path belongs to it in the second form. */
const CATALOGUES: readonly (readonly (CataloguePost & { former_paths?: readonly string[] })[])[] = [
	[{ path: '/moving-a', title: 'Moving', topics: ['Selling'], word_count: 500 }],
	[
		{
			path: '/moving-b',
			former_paths: ['/moving-a'],
			title: 'Moving',
			topics: ['Tools'],
			word_count: 100
		}
	]
];

describe('a server that is killed while it settles', () => {
	let server: TestServer;
	beforeAll(async () => {
		server = await startBlog([], { RATE_LIMIT_PER_ADDRESS: '0' });
	});
	afterAll(async () => {
		await server.stop();
	});

	const file = (name: string, text: string): string => {
		const path = join(server.dataDir, name);
		writeFileSync(path, text);
		return path;
	};

	/** Takes events, reads reports, imports, syncs and rebuilds side by side until the server is killed. */
	async function busyUntilKilled(
		round: number,
		log: string,
		delay: number
	): Promise<readonly string[]> {
		const answered: string[] = [];
		let dead = false;
		let number = 0;
		const send = async (): Promise<void> => {
			while (!dead) {
				const paths = Array.from({ length: 10 }, () => `/live-${round}/${(number += 1)}`);
				const sent = [...paths, '/moving-a', '/moving-b'].map((path) => view(path));
				await post(server.url, sent).then(
					({ status }) => status === 202 && answered.push(...paths),
					() => undefined
				);
			}
		};
		const read = async (): Promise<void> => {
			while (!dead)
				await readReport(server.url, 'posts').then(
					({ rows }) => expectSane(rows),
					() => undefined
				);
		};
		const settle = async (): Promise<void> => {
			for (let at = round; !dead; at += 1) {
				const posts = file(`posts-${at % 2}.json`, JSON.stringify(CATALOGUES[at % 2]));
				// The server ends in the middle of these: how they end says nothing.
				await byline(server.dataDir, 'posts', 'sync', '--file', posts).catch(() => null);
				if (!dead) await byline(server.dataDir, 'rebuild').catch(() => null);
			}
		};
		const work = [
			send(),
			read(),
			settle(),
			byline(server.dataDir, 'import', 'access-log', log).catch(() => null)
		];
		await expect.poll(() => answered.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(50);
		await wait(delay);
		await server.kill9();
		dead = true;
		await Promise.all(work);
		return answered;
	}

	test(
		`has every fact as the events say, ${ROUNDS} times over`,
		{ timeout: 60_000 + ROUNDS * ROUND_MS },
		async () => {
			const random = randomFrom(SEED);
			const logs: { readonly path: string; readonly views: ReadonlyMap<string, number> }[] = [];
			const answered: string[] = [];
			for (let round = 0; round < ROUNDS; round += 1) {
				const { text, views } = accessLog(round);
				const path = file(`access-${round}.log`, text);
				logs.push({ path, views });
				answered.push(...(await busyUntilKilled(round, path, random() * 2_500)));
				await server.restart();
				await expectWell(server);
				const counted = await countViews(server);
				expect(answered.filter((one) => counted.get(one) !== 1)).toEqual([]);
				// An import is in as a whole or not at all.
				for (const log of logs) {
					const found = [...log.views].filter(([one]) => counted.has(one));
					if (found.length > 0) expectCounts(counted, log.views);
				}
			}
			for (const { path } of logs) await bylineOk(server.dataDir, 'import', 'access-log', path);
			const posts = file('posts-last.json', JSON.stringify(CATALOGUES[1]));
			await bylineOk(server.dataDir, 'posts', 'sync', '--file', posts);
			const counted = await countViews(server);
			for (const { views } of logs) expectCounts(counted, views);
			const { rows } = await readReport(server.url, 'posts');
			const moving = rows.find((row) => row['path'] === '/moving-b');
			expect(moving?.['page_views']).toBe(counted.get('/moving-b'));
			expect(counted.has('/moving-a')).toBe(false);

			// Settling again what is settled changes nothing.
			const reports = async (): Promise<unknown> =>
				Promise.all(
					(['posts', 'pages', 'overview', 'topics'] as const).map(async (id) => {
						const { rows: own, totals } = await readReport(server.url, id);
						return { own, totals };
					})
				);
			const before = await reports();
			for (let time = 0; time < 2; time += 1) {
				await bylineOk(server.dataDir, 'rebuild');
				expect(await reports()).toEqual(before);
			}
			await expectWell(server);
		}
	);
});

function expectCounts(
	counted: ReadonlyMap<string, number>,
	expected: ReadonlyMap<string, number>
): void {
	expect(new Map([...expected.keys()].map((path) => [path, counted.get(path)]))).toEqual(expected);
}

/** What holds in every state of every day. */
function expectSane(rows: readonly Row[]): void {
	for (const row of rows) {
		expect(Number(row['readers'])).toBeLessThanOrEqual(Number(row['page_views']));
		expect(Number(row['reads'])).toBeLessThanOrEqual(Number(row['measured_page_views']));
	}
}

describe('readers of days that are being settled', () => {
	let engine: AskedEngine;
	beforeAll(async () => {
		engine = await openAskedEngine('settle');
	});
	afterAll(() => engine.close());

	const asked = (of: Question, by: MetricQuestion['by']): MetricQuestion => ({
		metrics: ORACLE_METRICS.filter((metric) => kindOf(metric, by) !== null),
		by,
		interval: 'day',
		range: of.range,
		filters: [],
		postsOnly: false
	});

	async function recorded(): Promise<Question> {
		const drawn = fc
			.sample(questionArbitrary, { numRuns: 200, seed: SEED })
			.filter(({ posts, events }) => posts.length > 3 && events.length > 30);
		const [question] = drawn;
		if (question === undefined) throw new Error('nothing drawn');
		const own = engine.ofNewSite(question);
		await engine.store.putCatalogue(own.site, own.posts);
		const lines = own.events.map((event) => JSON.stringify(event));
		await engine.store.append(lines, { segment: own.site.id, offset: 1 });
		await engine.store.settle();
		return own;
	}

	test('see the same however often they are settled, and what the events say', async () => {
		const question = await recorded();
		const questions = ([[], ['date'], ['post'], ['topic']] as const).map((by) =>
			asked(question, by)
		);
		const expected = metricRows(question, questions);
		for (let time = 0; time < 3; time += 1) {
			for (const [index, one] of questions.entries()) {
				const rows = await engine.ask(question, one);
				expectRows(`after ${time}`, rows, expected[index] ?? [], one.by, one.metrics);
			}
			await rollUp(engine.store, question.site.id, LAST_DAY);
			await engine.store.touch(question.site.id);
			expect(await engine.store.settle()).toBeGreaterThan(0);
			expect(await engine.store.settle()).toBe(0);
		}
	});

	test('see the old figures or the new ones, never others', async () => {
		const question = await recorded();
		const range = { from: '2023-01-01', to: '2026-01-01' };
		const one = { ...asked({ ...question, range }, ['date']) };
		const whole = asked({ ...question, range }, []);
		// Half of the posts are no longer posts, and the rest need more reading.
		const fewer = question.posts
			.filter((_, at) => at % 2 === 0)
			.map((post) => ({ ...post, wordCount: 20_000 }));
		const states = [question.posts, fewer].map((posts) =>
			metricRows({ ...question, posts }, [one, whole]).map(inOrder)
		);
		expect(states[0]).not.toEqual(states[1]);
		const seen = new Set<number>();
		let settling = true;
		const poll = async (): Promise<void> => {
			do
				for (const [index, what] of [one, whole].entries()) {
					const text = inOrder(await engine.ask(question, what));
					const state = states.findIndex((known) => known[index] === text);
					expect(state, text).not.toBe(-1);
					if (index === 1) seen.add(state);
				}
			while (settling);
		};
		const pollers = [poll(), poll()];
		for (let turn = 0; turn < 8; turn += 1) {
			await engine.store.putCatalogue(question.site, turn % 2 === 0 ? fewer : question.posts);
			await wait(turn % 3);
			await engine.store.touch(question.site.id);
			await engine.store.settle();
			if (turn % 4 > 1) await rollUp(engine.store, question.site.id, range.to);
		}
		settling = false;
		await Promise.all(pollers);
		expect(seen).toEqual(new Set([0, 1]));
	});

	test('see a catalogue that changed as a whole: topics and facts of one moment', async () => {
		const post = (topic: string, wordCount: number): Post => ({
			id: 1,
			path: '/post',
			formerPaths: [],
			title: 'Post',
			authors: [],
			topics: [topic],
			publishedAt: null,
			wordCount,
			commentCount: null
		});
		const ts = Date.parse('2024-02-29T12:00:00Z');
		const event = (name: string, more: Partial<Event>): Event => ({
			id: `catalogue-${name}`,
			site: 1,
			ts,
			received: ts,
			day: '2024-02-29',
			hour: 12,
			visitor: '0000000000000001',
			name,
			page: '/post',
			hostname: 'blog.example.com',
			...more
		});
		const question = engine.ofNewSite({
			site: { id: 1, domain: 'blog.example.com', zone: 'UTC' },
			posts: [],
			events: [
				event('pageview', { measured: true }),
				event('engagement', { depth: 100, engagedMs: 20_000 })
			],
			range: { from: '2024-02-29', to: '2024-02-29' },
			now: ts
		});
		const seen = async (): Promise<string> =>
			(
				await engine.ask(question, {
					...asked(question, ['topic']),
					metrics: ['page_views', 'reads']
				})
			)
				.map(
					(row) => `${String(row['topic'])} ${String(row['page_views'])} ${String(row['reads'])}`
				)
				.join();
		const lines = question.events.map((one) => JSON.stringify(one));
		await engine.store.putCatalogue(question.site, [post('Selling', 100)]);
		await engine.store.append(lines, { segment: question.site.id, offset: 1 });
		expect(await seen()).toBe('Selling 1 1');
		await engine.store.putCatalogue(question.site, [post('Tools', 20_000)]);
		expect(await seen()).toBe('Tools 1 0');
	});
});

/** Rows as one text, decimals to nine places. */
function inOrder(rows: readonly Row[]): string {
	return rows
		.map((row) =>
			JSON.stringify(
				Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)),
				(_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(9)) : value)
			)
		)
		.sort()
		.join('\n');
}
