/** The catalogue that a site reads by itself: what is asked again, and what is not. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { temporaryFolder } from '../support/temp.ts';

const scratch = temporaryFolder('catalogue-sync');
const FEED = `<rss version="2.0"><channel><title>Blog</title><item><title>One</title><link>/one</link></item></channel></rss>`;
const ARTICLE = `<script type="application/ld+json">{"@type":"BlogPosting","author":{"name":"Jo"}}</script><article>one two three</article>`;

let engine: Engine;
let origin: string;
let sites = 0;
let isPageThere = true;
let now = Date.UTC(2026, 5, 3, 12);
let asked: string[] = [];
const server = createServer(({ url = '', headers }, response) => {
	const isKnown = headers['if-none-match'] === '"1"';
	if (url !== '/robots.txt') asked.push(isKnown ? `${url} if changed` : url);
	if (url === '/') response.end('<link rel="alternate" type="application/rss+xml" href="/feed">');
	else if (url === '/feed') response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(FEED);
	else if (url === '/one') response.writeHead(isPageThere ? 200 : 503).end(ARTICLE);
	else response.writeHead(404).end();
});

beforeAll(async () => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: scratch.path, FETCH_ALLOW: '127.0.0.1' }),
		now: () => now
	});
});
beforeEach(() => {
	asked = [];
	isPageThere = true;
});
afterAll(async () => {
	await engine.close();
	server.closeAllConnections();
	server.close();
	scratch.remove();
});

/** A site whose blog is the test's server, read every six hours. */
function blog(kind: 'auto' | 'feed'): Site {
	const site = engine.addSite(`blog-${(sites += 1)}.example`, 'UTC');
	const url = kind === 'auto' ? `${origin}/` : `${origin}/feed`;
	const state = engine.registry.sync(site);
	engine.registry.setSync(site, { ...state, kind, url, everyHours: 6 });
	engine.removeAlias('127.0.0.1');
	engine.addAlias(site, '127.0.0.1');
	return site;
}

/** One after the other: the clock goes on for all of them. */
afterEach(() => {
	for (const site of engine.registry.sites())
		engine.registry.setSync(site, { ...engine.registry.sync(site), everyHours: 0 });
});

test.each(['auto', 'feed'] as const)(
	'source %s: read when it is due, and asked then whether it changed',
	async (kind) => {
		const site = blog(kind);
		await engine.syncDuePosts();
		expect(engine.posts(site)).toMatchObject([{ title: 'One', authors: ['Jo'], wordCount: 3 }]);
		expect(asked.filter((url) => url !== '/')).toEqual(['/feed', '/one']);
		asked = [];
		now += 5 * 3_600_000;
		await engine.syncDuePosts();
		expect(asked).toEqual([]);
		now += 3_600_000;
		await engine.syncDuePosts();
		expect(asked.filter((url) => url !== '/')).toEqual(['/feed if changed']);
		expect(engine.posts(site)).toMatchObject([{ title: 'One', authors: ['Jo'], wordCount: 3 }]);
	}
);

test('a page that could not be read is read the next time, though the feed did not change', async () => {
	const site = blog('feed');
	isPageThere = false;
	expect((await engine.syncPosts(site)).errors).toEqual([
		expect.stringMatching(/\/one answered with status 503\.$/)
	]);
	expect(engine.posts(site)).toMatchObject([{ title: 'One', authors: [], wordCount: null }]);
	isPageThere = true;
	expect((await engine.syncPosts(site)).errors).toEqual([]);
	expect(engine.posts(site)).toMatchObject([{ title: 'One', authors: ['Jo'], wordCount: 3 }]);
	await engine.syncPosts(site);
	expect(asked.at(-1)).toBe('/feed if changed');
});
