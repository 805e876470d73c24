import fc from 'fast-check';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../analytics/commands/commands.ts';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import type { Event } from '../../analytics/events/event.ts';
import { messageOf } from '../../analytics/failure.ts';
import type { Site } from '../../analytics/posts/site.ts';
import type { StatedPost } from '../../analytics/posts/stated-post.ts';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { temporaryFolder } from '../support/temp.ts';

const scratch = temporaryFolder('identity');
const NOW = Date.UTC(2026, 5, 3, 12);
let engine: Engine;
let sites = 0;

beforeAll(async () => {
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: scratch.path, FETCH_ALLOW: '127.0.0.1' }),
		now: () => NOW
	});
});
afterAll(async () => {
	await engine.close();
	scratch.remove();
});

const newSite = (): Site => engine.addSite(`site-${(sites += 1)}.example`, 'UTC');

const PATHS = ['/a', '/b', '/c.html', '/c', '/D', '/d', '/a/amp', '/about'];
const TOPICS = ['SEO', 'seo', 'Sales', 'b2b  Sales'];
const AUTHORS = ['Jo', 'J. Doe', 'Ann'];

/** Visits of several pages each, on two days. */
function eventsOf(site: number): readonly Event[] {
	return Array.from({ length: 48 }, (_, at): Event => {
		const day = at % 2;
		const visitor = (at * 7) % 11;
		const ts = NOW - day * 86_400_000 - 3_600_000 + at * 20_000;
		return {
			id: `${site}-${at}`,
			site,
			ts,
			received: ts,
			day: new Date(ts).toISOString().slice(0, 10),
			hour: new Date(ts).getUTCHours(),
			visitor: (visitor + 1).toString(16).padStart(16, '0'),
			name: at % 9 === 8 ? 'subscribe' : 'pageview',
			page: PATHS[(at * 5 + day) % PATHS.length] ?? '/',
			hostname: 'blog.example',
			source: 'Direct',
			channel: 'Direct'
		};
	});
}

const append = (site: Site) =>
	engine.store.appendImport([eventsOf(site.id).map((event) => JSON.stringify(event))]);

/** What every report says of the site, without the numbers of posts. */
async function reportsOf(site: Site): Promise<Readonly<Record<string, unknown>>> {
	const resolved = await engine.reports.resolve(site, new URLSearchParams('period=7d'));
	if (!resolved.ok) throw new TypeError(JSON.stringify(resolved.errors));
	const said: Record<string, unknown> = {};
	for (const id of REPORT_IDS) {
		const { rows, totals } = await engine.reports.report(id, resolved.query);
		said[id] = [
			rows.map(({ post_id: _, ...row }) => JSON.stringify(row)).sort(),
			JSON.stringify(totals)
		];
	}
	return said;
}

const some = <T>(values: readonly T[]) =>
	fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const stated = fc.record({
	source: fc.constantFrom('feed' as const, 'page' as const, 'file' as const),
	path: fc.constantFrom(...PATHS),
	formerPaths: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, some(PATHS)),
	guid: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
	title: fc.constantFrom('', 'One', 'Two'),
	authors: some(AUTHORS),
	topics: some(TOPICS),
	publishedAt: fc.constantFrom(null, NOW - 5e7, NOW - 3e8),
	wordCount: fc.constantFrom(null, 200, 900),
	commentCount: fc.constant(null)
});
const pick = fc.nat(50);
/** More of them: IDENTITY_RUNS=100 npx vitest run tests/integration/identity.test.ts */
const RUNS = Number(process.env['IDENTITY_RUNS'] ?? 4);

const step = fc.oneof(
	fc.record({
		do: fc.constant('sync' as const),
		posts: fc.array(stated, { minLength: 1, maxLength: 4 })
	}),
	fc.record({
		do: fc.constant('edit' as const),
		post: pick,
		topics: some(TOPICS),
		back: fc.boolean()
	}),
	fc.record({ do: fc.constant('merge' as const), post: pick, other: pick }),
	fc.record({ do: fc.constant('split' as const), post: pick, path: pick }),
	fc.record({
		do: fc.constant('rename' as const),
		kind: fc.constantFrom('topic' as const, 'author' as const),
		from: pick,
		to: fc.constantFrom(...TOPICS, ...AUTHORS, 'Other')
	}),
	fc.record({ do: fc.constant('undo' as const), change: pick }),
	fc.record({
		do: fc.constant('rules' as const),
		html: fc.constantFrom('keep' as const, 'fold' as const),
		letterCase: fc.constantFrom('keep' as const, 'fold' as const),
		topics: fc.constantFrom('keep' as const, 'fold' as const)
	})
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const at = <T>(list: readonly T[], index: number): T | undefined =>
	list[index % Math.max(1, list.length)];

/** Does one step; what is refused is refused in one sentence and changes nothing. */
async function take(site: Site, given: Step): Promise<void> {
	const { identity } = engine;
	const posts = engine.posts(site);
	const before = JSON.stringify(posts);
	try {
		switch (given.do) {
			case 'sync':
				await engine.putStated(site, given.posts satisfies readonly StatedPost[]);
				break;
			case 'edit': {
				const post = at(posts, given.post)?.id ?? 0;
				if (given.back) await identity.takeBack(site, post, ['topics']);
				else await identity.editPost(site, post, { topics: given.topics });
				break;
			}
			case 'merge':
				await identity.mergePosts(
					site,
					at(posts, given.post)?.id ?? 0,
					at(posts, given.other)?.id ?? 0
				);
				break;
			case 'split': {
				const post = at(posts, given.post);
				await identity.splitPost(
					site,
					post?.id ?? 0,
					at(post?.formerPaths ?? [], given.path) ?? '/none'
				);
				break;
			}
			case 'rename': {
				const names = posts.flatMap((post) =>
					given.kind === 'topic' ? post.topics : post.authors
				);
				await identity.renameName(site, given.kind, at(names, given.from) ?? 'None', given.to);
				break;
			}
			case 'undo':
				await identity.undo(site, at(identity.changes(site), given.change)?.id ?? 0);
				break;
			case 'rules': {
				const { html, letterCase, topics } = given;
				await identity.setRules(site, { html, letterCase, topics });
			}
		}
	} catch (thrown) {
		expect(messageOf(thrown)).toMatch(/^[A-Z"/][^\n]*\.$/);
		expect(JSON.stringify(engine.posts(site))).toBe(before);
	}
}

test(
	'whatever was decided and undone, reports are those of a site that was always as it is now',
	{ timeout: 60_000 + RUNS * 60_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
				const lived = newSite();
				await engine.putStated(lived, [
					{
						source: 'feed',
						path: '/a',
						formerPaths: ['/about'],
						title: 'A',
						authors: ['Jo'],
						topics: ['SEO'],
						publishedAt: NOW - 4e7,
						wordCount: 300,
						commentCount: null
					},
					{
						source: 'feed',
						path: '/c',
						formerPaths: [],
						title: 'C',
						authors: ['Ann'],
						topics: ['seo', 'Sales'],
						publishedAt: NOW - 9e7,
						wordCount: 300,
						commentCount: null
					}
				]);
				await append(lived);
				await engine.store.settle();
				for (const each of steps) await take(lived, each);

				const fresh = newSite();
				const { html, letterCase } = engine.identity.rules(lived);
				await engine.identity.setRules(fresh, { html, letterCase });
				const now = engine.posts(lived);
				await engine.putPosts(
					fresh,
					now.map(({ id: _, ...post }) => post)
				);
				await append(fresh);
				await engine.store.settle();
				expect(await reportsOf(lived)).toEqual(await reportsOf(fresh));

				for (const change of [...engine.identity.changes(lived)].reverse())
					if (change.undoneAt === null)
						await engine.identity.undo(lived, change.id).catch(() => undefined);
			}),
			{ numRuns: RUNS, endOnFailure: true }
		);
		for (const site of engine.registry.sites().slice(-2))
			for (const { differing } of await engine.store.verify(site.id)) expect(differing).toBe(0);
	}
);

test('the Stats API goes on to answer by names and posts that were asked for before', async () => {
	const site = newSite();
	const post = (path: string, topic: string): StatedPost => ({
		source: 'feed',
		path,
		formerPaths: [],
		title: path,
		authors: ['Jo'],
		topics: [topic],
		publishedAt: null,
		wordCount: null,
		commentCount: null
	});
	await engine.putStated(site, [post('/a', 'SEO'), post('/b', 'SEO'), post('/c', 'Sales')]);
	await append(site);
	await engine.store.settle();
	const [a, b] = engine.posts(site);
	if (a === undefined || b === undefined) throw new Error('There are no posts.');
	const views = async (...filters: readonly unknown[]): Promise<unknown> => {
		const outcome = await engine.reports.stats(
			{ site_id: site.domain, metrics: ['page_views'], date_range: '7d', filters },
			{ site: engine.reports.site }
		);
		if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
		return outcome.result.results[0]?.metrics[0];
	};
	const asked: readonly unknown[] = [
		['is', 'topic', ['SEO']],
		['is_not', 'topic', ['SEO']],
		[
			'or',
			[
				['is', 'topic', ['SEO']],
				['not', ['is', 'author', ['Jo']]]
			]
		],
		['is', 'author', ['Jo']],
		['is', 'post', [a.id, b.id]]
	];
	const answers = async () => {
		const found: unknown[] = [];
		for (const filter of asked) found.push(await views(filter));
		return found;
	};
	const before = await answers();
	expect(before.every((value) => Number(value) > 0)).toBe(true);
	await engine.identity.renameName(site, 'topic', 'SEO', 'Search');
	await engine.identity.renameName(site, 'author', 'Jo', 'Jo Doe');
	await engine.identity.mergePosts(site, a.id, b.id);
	expect(await answers()).toEqual(before);
	expect(await views(['contains', 'topic', ['SEO']])).toBe(0);
	for (const { id } of [...engine.identity.changes(site)].reverse())
		await engine.identity.undo(site, id);
	expect(await answers()).toEqual(before);
});

describe('a page that readers see first', () => {
	const asked: string[] = [];
	const article = (path: string, more = '') =>
		`<html><head><link rel="canonical" href="${path}">${more}<script type="application/ld+json">${JSON.stringify(
			{
				'@type': 'BlogPosting',
				headline: `About ${path}`,
				author: [{ '@type': 'Person', name: 'Jo' }],
				keywords: ['Selling'],
				datePublished: '2026-06-01T08:00:00Z'
			}
		)}</script></head><body><article>one two three</article></body></html>`;
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '', 'http://blog').pathname;
		asked.push(path);
		const pages: Readonly<Record<string, string>> = {
			'/post': article('/post', '<link rel="amphtml" href="/amp-of-post">'),
			'/moved': article('/moved'),
			'/contact': '<h1>Contact</h1>'
		};
		if (path === '/was-here') response.writeHead(301, { location: '/moved' }).end();
		else if (path in pages)
			response.writeHead(200, { 'content-type': 'text/html' }).end(pages[path]);
		else response.writeHead(404).end();
	});
	let origin: string;
	beforeAll(async () => {
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => void server.close());

	const viewed = async (site: Site, ...pages: readonly string[]) => {
		const [event] = eventsOf(site.id);
		const lines = pages.map((page, n) =>
			JSON.stringify({
				...event,
				id: `${site.id}-${page}`,
				ts: NOW - n,
				page,
				visitor: `0000000000000f0${n}`
			})
		);
		await engine.store.appendImport([lines]);
		await engine.store.settle();
	};
	const blog = (): Site => {
		const site = newSite();
		const state = engine.registry.sync(site);
		engine.registry.setSync(site, { ...state, kind: 'feed', url: `${origin}/feed` });
		engine.addAlias(site, `alias-${site.id}.example`);
		return site;
	};

	test(
		'is read once and becomes a post, with the pages that lead to it',
		{ timeout: 60_000 },
		async () => {
			const site = blog();
			await viewed(site, '/post', '/amp-of-post', '/contact', '/was-here', '/gone');
			await engine.readSeenPages(site);
			await engine.readSeenPages(site);
			expect(
				engine.posts(site).map(({ path, title, authors, topics, wordCount }) => ({
					path,
					title,
					authors,
					topics,
					wordCount
				}))
			).toEqual(
				expect.arrayContaining([
					{
						path: '/post',
						title: 'About /post',
						authors: ['Jo'],
						topics: ['Selling'],
						wordCount: 3
					},
					{
						path: '/moved',
						title: 'About /moved',
						authors: ['Jo'],
						topics: ['Selling'],
						wordCount: 3
					}
				])
			);
			expect(engine.posts(site).find(({ path }) => path === '/moved')?.formerPaths).toEqual([
				'/was-here'
			]);
			for (const page of ['/post', '/contact', '/was-here', '/gone'])
				expect(asked.filter((each) => each === page)).toEqual([page]);
			const report = await reportsOf(site);
			expect(JSON.stringify(report['posts'])).toContain('\\"path\\":\\"/post\\"');
		}
	);

	test('is not read where the site says so, nor on a host that is not its own', async () => {
		const before = asked.length;
		const off = blog();
		await engine.identity.setRules(off, { seenPages: 'ignore' });
		await viewed(off, '/post');
		await engine.readSeenPages(off);
		expect(engine.posts(off)).toEqual([]);
		expect(asked.length).toBe(before);
	});
});

describe('on the command line', () => {
	async function run(...args: readonly string[]) {
		let out = '';
		let note = '';
		const code = await runCommand(args, engine, {
			out: (text) => (out += text),
			note: (text) => (note += text),
			isTerminal: false,
			folder: scratch.path
		});
		return { code, out, note };
	}

	test('a catalogue is read from CSV, edited, merged, split, renamed and taken back', async () => {
		const site = newSite();
		const on = ['--site', site.domain] as const;
		writeFileSync(
			join(scratch.path, 'posts.csv'),
			'\ufeffURL;Title;Author;Tags;Published;Words;former_paths\r\n' +
				'https://x.example/a;"A; and more";Jo;"SEO; Sales";2026-01-02;12;/old\r\n/b;B;"Jo; Ann";seo;;;\r\n'
		);
		expect(await run('posts', 'sync', '--file', 'posts.csv', ...on)).toMatchObject({
			code: 0,
			note: '2 posts added, 0 updated, 0 unchanged.\n'
		});
		const before = engine.posts(site);
		expect(before).toMatchObject([
			{
				path: '/a',
				title: 'A; and more',
				topics: ['SEO', 'Sales'],
				wordCount: 12,
				formerPaths: ['/old'],
				publishedAt: Date.UTC(2026, 0, 2)
			},
			{ path: '/b', authors: ['Jo', 'Ann'], publishedAt: null }
		]);
		const exported = await run('export', 'catalogue', '--format', 'csv', ...on);
		expect(exported.out.split('\r\n').slice(0, 2)).toEqual([
			'path,former_paths,title,authors,topics,published_at,word_count,comment_count',
			'/a,/old,A; and more,Jo,SEO; Sales,2026-01-02T00:00:00.000Z,12,'
		]);
		writeFileSync(join(scratch.path, 'back.csv'), exported.out);
		expect((await run('posts', 'sync', '--file', 'back.csv', ...on)).note).toBe(
			'0 posts added, 0 updated, 2 unchanged.\n'
		);
		expect((await run('export', 'catalogue', '--format', 'xml', ...on)).note).toContain(
			'must be json or csv'
		);
		for (const command of [
			['posts', 'set', '/old', '--title', 'Mine', '--topics', '', '--words', '900'],
			['posts', 'merge', '/b', '/a'],
			['posts', 'split', '/b', '/old'],
			['authors', 'rename', 'Jo', 'Jo Doe']
		])
			expect(await run(...command, ...on)).toMatchObject({ code: 0 });
		expect(engine.posts(site)).toMatchObject([
			{ path: '/b', formerPaths: ['/a'], authors: ['Jo Doe', 'Ann'], wordCount: 900 },
			{ path: '/old', title: '/old' }
		]);
		expect((await run('authors', 'list', ...on)).out).toBe('Ann\t1\t\nJo Doe\t1\tJo\n');
		const changes = (await run('posts', 'changes', ...on)).out.trim().split('\n');
		expect(changes.map((line) => line.split('\t')[2])).toEqual(['holds', 'holds', 'holds']);
		for (const line of changes.reverse())
			expect(await run('posts', 'undo', line.split('\t')[0] ?? '', ...on)).toMatchObject({
				code: 0
			});
		expect(
			await run('posts', 'set', '/a', '--take-back', 'title,topics,words', ...on)
		).toMatchObject({ code: 0 });
		expect(engine.posts(site)).toEqual(before);
	});

	test.each([
		[
			'path,title\n/a,A\n,B\n',
			/^byline: bad\.csv:3: path is "", but must be a path or an address\.\n$/
		],
		['title\nA\n', /^byline: bad\.csv:1: no column is named path; the columns are title\.\n$/],
		[
			'path,published\n/a,someday\n',
			/^byline: bad\.csv:2: published_at is "someday", but must be a date\.\n$/
		],
		[
			'path,words\n/a,-3\n',
			/^byline: bad\.csv:2: word_count is "-3", but must be a whole number\.\n$/
		],
		['path,title\n/a,"A\n', /^byline: bad\.csv:\d+: this is no CSV: a quote is not closed\.\n$/],
		['path\nno-path\n', /^byline: bad\.csv:2: is wrong at path: must begin with \/[^\n]*\.\n$/]
	])('%j is refused with its line', async (text, message) => {
		const site = newSite();
		writeFileSync(join(scratch.path, 'bad.csv'), text);
		const { code, note } = await run('posts', 'sync', '--file', 'bad.csv', '--site', site.domain);
		expect([code, note]).toEqual([1, expect.stringMatching(message)]);
		expect(engine.posts(site)).toEqual([]);
	});

	test.each([
		[['posts', 'set', '/none', '--title', 'A'], /There is no post "\/none"/],
		[['posts', 'set', '/p'], /Say what to set/],
		[['posts', 'set', '/p', '--words', 'many'], /no whole number/],
		[['posts', 'set', '/p', '--published', 'someday'], /no date/],
		[['posts', 'set', '/p', '--take-back', 'slug'], /"slug" is no field/],
		[['posts', 'undo', 'x'], /no number of a change/],
		[['topics', 'rename', 'A', ''], /its new name/]
	])('%j is refused in a sentence', async (command, message) => {
		const site = newSite();
		await engine.putStated(site, [
			{
				source: 'feed',
				path: '/p',
				formerPaths: [],
				title: 'P',
				authors: [],
				topics: ['A'],
				publishedAt: null,
				wordCount: null,
				commentCount: null
			}
		]);
		const { code, note } = await run(...command, '--site', site.domain);
		expect(code).toBe(1);
		expect(note).toMatch(message);
	});

	test('rules of a site are set and shown', async () => {
		const site = newSite();
		expect((await run('site', 'set', site.domain, '--html', 'fold', '--topics', 'fold')).code).toBe(
			0
		);
		expect((await run('site', 'show', site.domain)).out).toContain(
			'html\tfold\nletter-case\tkeep\ntopics\tfold\n'
		);
		expect((await run('site', 'set', site.domain, '--html', 'no')).note).toContain(
			'must be keep or fold'
		);
	});
});
