import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_EXCEPTIONS, parseFetchExceptions } from '../fetch/exceptions.ts';
import { openFetcher } from '../fetch/fetcher.ts';
import { discover } from './discover.ts';
import { readSource, type CatalogueSource } from './read-source.ts';
import { knownOf } from './source-answer.ts';

const NOW = Date.UTC(2026, 5, 3, 12);

interface Page {
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | Buffer;
}

let pages: Readonly<Record<string, Page>> = {};
let asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
const server = createServer(({ url = '', headers }, response) => {
	asked.push({ url, headers });
	const { status = 200, headers: own = {}, body = '' } = pages[url] ?? { status: 404 };
	const isKnown = own['etag'] !== undefined && headers['if-none-match'] === own['etag'];
	response.writeHead(isKnown ? 304 : status, own).end(isKnown ? undefined : body);
});
let blog = '';

beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	blog = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
	asked = [];
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const fetcher = () =>
	openFetcher({
		isOwnHost: () => false,
		exceptions: parseFetchExceptions('127.0.0.1') ?? NO_EXCEPTIONS,
		pauseMs: 0
	});
const read = (kind: CatalogueSource['kind'], path: string, key = '') =>
	readSource(
		{ kind, url: `${blog}${path}`, key },
		{ zone: 'Europe/Berlin', fetcher: fetcher(), known: null, now: NOW }
	);
const pagesOf = ({ documents }: Awaited<ReturnType<typeof read>>) =>
	documents.flatMap((document) => document.pages);
const urlsAsked = (): readonly string[] =>
	asked.map(({ url }) => url).filter((url) => url !== '/robots.txt');

describe('sitemaps', () => {
	const urlset = (...entries: readonly string[]): string =>
		`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>`;

	it('reads an index, gzip files and their dates, and goes on where one is broken', async () => {
		pages = {
			'/index.xml': {
				body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${blog}/one.xml.gz</loc></sitemap><sitemap><loc> /two.xml </loc></sitemap><sitemap><loc>${blog}/index.xml</loc></sitemap><sitemap><loc>${blog}/gone.xml</loc></sitemap><sitemap><loc>${blog}/page.xml</loc></sitemap></sitemapindex>`
			},
			'/one.xml.gz': {
				headers: { 'content-type': 'application/x-gzip' },
				body: gzipSync(
					urlset(`<url><loc>${blog}/a</loc><lastmod>2015-05-17T10:05:03+02:00</lastmod></url>`)
				)
			},
			'/two.xml': {
				headers: { 'content-encoding': 'gzip' },
				body: gzipSync(
					urlset(
						'<url><loc>/b?x=1&amp;y=2</loc><lastmod>2015-05-17</lastmod></url>',
						'<url><loc>javascript:alert(1)</loc></url>',
						'<url></url>'
					)
				)
			},
			'/page.xml': { body: '<html><body>Not a sitemap</body></html>' }
		};
		const answer = await read('sitemap', '/index.xml');
		expect(answer).toMatchObject({ kind: 'page', candidates: [] });
		expect(pagesOf(answer)).toEqual([
			{ url: `${blog}/a`, changedAt: Date.UTC(2015, 4, 17, 8, 5, 3) },
			{ url: `${blog}/b?x=1&y=2`, changedAt: Date.UTC(2015, 4, 16, 22) }
		]);
		expect(answer.errors).toEqual([
			`${blog}/gone.xml answered with status 404.`,
			`${blog}/page.xml is no sitemap.`
		]);
		expect(urlsAsked()).toEqual([
			'/index.xml',
			'/one.xml.gz',
			'/two.xml',
			'/gone.xml',
			'/page.xml'
		]);
	});

	it('refuses a gzip file that unpacks to more than is read', async () => {
		pages = { '/bomb.xml.gz': { body: gzipSync(Buffer.alloc(11 * 1024 ** 2, 32)) } };
		await expect(read('sitemap', '/bomb.xml.gz')).rejects.toThrow(
			/larger than 10 MB when unpacked\.$/
		);
	});
});

describe('WordPress', () => {
	const post = (at: number, more: object = {}) => ({
		id: at,
		link: `${blog}/post-${at}/`,
		guid: { rendered: `${blog}/?p=${at}` },
		date: '2015-05-17T12:05:03',
		date_gmt: '2015-05-17T10:05:03',
		status: 'publish',
		title: { rendered: `Salt &#038; pepper <em>${at}</em>` },
		content: { rendered: '<p>One two&hellip; three</p>', protected: false },
		_embedded: {
			author: [{ id: 1, name: 'Jo &amp; Bo' }],
			'wp:term': [
				[{ id: 1, name: 'SEO &amp; more', taxonomy: 'category' }],
				[{ id: 2, name: 'Mail', taxonomy: 'post_tag' }],
				[{ id: 3, name: 'Hidden', taxonomy: 'post_format' }]
			]
		},
		...more
	});
	const path = (page: number): string =>
		`/wp-json/wp/v2/posts?per_page=50&_embed=author,wp:term&page=${page}`;
	const json = (value: unknown): Page => ({
		headers: { 'content-type': 'application/json', 'x-wp-total': '3', 'x-wp-totalpages': '2' },
		body: JSON.stringify(value)
	});

	it('reads page after page, with authors and topics as they stand in the answer', async () => {
		pages = {
			[path(1)]: json([post(1), post(2, { status: 'private' }), { id: 9 }, null]),
			[path(2)]: json([
				post(3, { _embedded: { author: [{ code: 'rest_user_invalid_id' }] }, date_gmt: null })
			])
		};
		const { kind, candidates, errors } = await read('wordpress', '');
		expect(kind).toBe('wordpress');
		expect(errors).toEqual([]);
		expect(candidates).toEqual([
			{
				url: `${blog}/post-1/`,
				guid: `${blog}/?p=1`,
				title: 'Salt & pepper 1',
				authors: ['Jo & Bo'],
				topics: ['SEO & more', 'Mail'],
				publishedAt: Date.UTC(2015, 4, 17, 10, 5, 3),
				wordCount: 3
			},
			expect.objectContaining({
				url: `${blog}/post-3/`,
				authors: undefined,
				topics: undefined,
				publishedAt: Date.UTC(2015, 4, 17, 10, 5, 3)
			})
		]);
		expect(urlsAsked()).toEqual([path(1), path(2)]);
	});

	it('keeps what it has where a later page fails, and says so', async () => {
		pages = { [path(1)]: json([post(1)]), [path(2)]: { status: 500 } };
		const { candidates, errors } = await read('wordpress', '');
		expect(candidates.length).toBe(1);
		expect(errors).toEqual([expect.stringMatching(/answered with status 500\.$/)]);
	});

	it.each([
		['{"code":"rest_no_route"}', /is no list of WordPress posts\.$/],
		['<html>', /is no JSON document\.$/]
	])('refuses %s', async (body, why) => {
		pages = { [path(1)]: { body } };
		await expect(read('wordpress', '')).rejects.toThrow(why);
	});
});

describe('Ghost', () => {
	const path = (page: number): string =>
		`/ghost/api/content/posts/?key=abc&include=authors%2Ctags&formats=html&limit=50&page=${page}`;
	const post = (at: number, more: object = {}) => ({
		id: String(at),
		uuid: `uuid-${at}`,
		title: `Post ${at}`,
		url: `${blog}/post-${at}/`,
		html: '<p>One <b>two</b></p>',
		published_at: '2015-05-17T10:05:03.000+00:00',
		authors: [{ name: 'Jo' }, { name: 'Bo' }],
		tags: [
			{ name: 'SEO', visibility: 'public' },
			{ name: '#internal', visibility: 'internal' }
		],
		...more
	});
	const answer = (posts: readonly object[], next: number | null): Page => ({
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ posts, meta: { pagination: { page: 1, pages: 2, next } } })
	});

	it('reads page after page, without tags for the inside', async () => {
		pages = {
			[path(1)]: answer([post(1)], 2),
			[path(2)]: answer([post(2, { html: null, tags: null })], null)
		};
		const found = await read('ghost', '/', 'abc');
		const { candidates } = found;
		expect(candidates).toEqual([
			{
				url: `${blog}/post-1/`,
				guid: 'uuid-1',
				title: 'Post 1',
				authors: ['Jo', 'Bo'],
				topics: ['SEO'],
				publishedAt: Date.UTC(2015, 4, 17, 10, 5, 3),
				wordCount: 2
			},
			expect.objectContaining({ guid: 'uuid-2', topics: undefined, wordCount: undefined })
		]);
		// The page itself may say how long it is.
		expect(pagesOf(found).map(({ url }) => url)).toEqual([`${blog}/post-2/`]);
		expect(urlsAsked()).toEqual([path(1), path(2)]);
	});

	it('refuses a wrong key', async () => {
		pages = { [path(1)]: { status: 401, body: '{"errors":[]}' } };
		await expect(read('ghost', '/', 'abc')).rejects.toThrow(/answered with status 401\.$/);
	});
});

describe('feeds', () => {
	const item = (at: number): string =>
		`<item><title>${at}</title><link>${blog}/${at}</link></item>`;
	const rss = (...items: readonly string[]): string =>
		`<rss><channel><generator>https://wordpress.org/?v=6.7</generator>${items.join('')}</channel></rss>`;
	const entry = (at: number): string =>
		`<entry><title>${at}</title><link href="${blog}/${at}"/></entry>`;

	it.each<[string, Readonly<Record<string, Page>>, number]>([
		[
			'WordPress',
			{ '/feed': { body: rss(item(1), item(2)) }, '/feed?paged=2': { body: rss(item(3)) } },
			3
		],
		[
			'Atom archives',
			{
				'/feed': {
					body: `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="prev-archive" href="/old"/>${entry(1)}</feed>`
				},
				'/old': { body: `<feed xmlns="http://www.w3.org/2005/Atom">${entry(2)}</feed>` }
			},
			2
		],
		[
			'JSON Feed',
			{
				'/feed': { body: JSON.stringify({ items: [{ url: '/1' }], next_url: '/more' }) },
				'/more': { body: JSON.stringify({ items: [{ url: '/2' }], next_url: '/feed' }) }
			},
			2
		],
		[
			'a feed that leads to itself',
			{
				'/feed': {
					body: `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed"/>${entry(1)}</feed>`
				}
			},
			1
		]
	])('are read to their end: %s', async (_, given, posts) => {
		pages = given;
		const { candidates, errors } = await read('feed', '/feed');
		expect(candidates.length).toBe(posts);
		expect(errors).toEqual([]);
	});

	it('are asked whether they changed', async () => {
		pages = {
			'/feed': {
				headers: { etag: '"1"', 'last-modified': 'Sun, 17 May 2015 10:05:03 GMT' },
				body: `<rss><channel>${item(1)}</channel></rss>`
			}
		};
		const source: CatalogueSource = { kind: 'feed', url: `${blog}/feed` };
		const context = { zone: 'UTC', fetcher: fetcher(), now: NOW };
		const first = await readSource(source, { ...context, known: null });
		expect(first.candidates.length).toBe(1);
		const known = { terms: '', ...knownOf(first, () => false) };
		const again = await readSource(source, { ...context, known });
		expect(again).toMatchObject({ candidates: [], documents: [{ place: source.url }] });
		expect(knownOf(again, () => false)).toEqual(knownOf(first, () => false));
		expect(asked.at(-1)?.headers).toMatchObject({
			'if-none-match': '"1"',
			'if-modified-since': 'Sun, 17 May 2015 10:05:03 GMT'
		});
	});

	it.each([
		['a page', '<html><body>Hello</body></html>', /\/feed is no feed\.$/],
		['broken JSON', '{"items": [', /\/feed is no JSON document\.$/],
		[
			'an entity bomb',
			`<!DOCTYPE r [<!ENTITY a "${'ha'.repeat(50)}"><!ENTITY b "&a;&a;">]><rss><channel>${item(1)}</channel></rss>`,
			/declares entities, which is not read\.$/
		]
	])('are refused where they are %s', async (_, body, why) => {
		pages = { '/feed': { body } };
		await expect(read('feed', '/feed')).rejects.toThrow(why);
	});

	it('are not asked for where robots.txt does not allow it', async () => {
		pages = {
			'/robots.txt': { body: 'User-agent: *\nDisallow: /feed' },
			'/feed': { body: rss(item(1)) }
		};
		await expect(read('feed', '/feed')).rejects.toThrow(/robots\.txt does not allow it\.$/);
		expect(urlsAsked()).toEqual([]);
	});
});

describe('what the home page names', () => {
	const found = async () => (await discover(`${blog}/blog/`, fetcher(), null, NOW)).source;
	const home = (head: string): Readonly<Record<string, Page>> => ({
		'/blog/': { headers: { 'content-type': 'text/html' }, body: `<head>${head}</head>` }
	});
	it.each([
		['RSS', '<link rel="alternate" type="application/rss+xml" href="feed.xml">', '/blog/feed.xml'],
		[
			'Atom, not of comments',
			'<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" type="application/atom+xml" href="/atom">',
			'/atom'
		],
		[
			'JSON Feed',
			'<link rel="alternate" type="application/feed+json" href="/feed.json">',
			'/feed.json'
		],
		[
			'by a base',
			'<base href="/other/"><link rel="alternate" type="application/rss+xml" href="feed">',
			'/other/feed'
		],
		['in other case', '<LINK REL="ALTERNATE" TYPE="Application/RSS+XML" HREF="/feed">', '/feed']
	])('%s', async (_, head, wanted) => {
		pages = home(head);
		expect(await found()).toEqual({ kind: 'feed', url: blog + wanted });
	});

	it('is the sitemap where there is no feed, else nothing', async () => {
		pages = {
			...home('<link rel="alternate" hreflang="de" href="/de">'),
			'/sitemap.xml': { body: '<urlset/>' }
		};
		expect(await found()).toEqual({ kind: 'sitemap', url: `${blog}/sitemap.xml` });
		pages = home('');
		expect(await found()).toBeNull();
	});
});
