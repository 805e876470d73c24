/** What is asked of feeds, and of the home page that names one, that were read before. */
import { describe, expect, test } from 'vitest';
import type { Served } from '../support/asked-blog.ts';
import { blog, engine, openBoth, serve, siteOf, sync, titles, wait } from './asked-catalogue.ts';

const HOUR = 3_600_000;

openBoth();

describe('feeds', () => {
	const entry = (path: string, title: string): string =>
		`<entry><title>${title}</title><link href="${path}"/><author><name>Jo</name></author><content>one</content></entry>`;
	const atom = (older: string | null, ...entries: readonly string[]): string =>
		`<feed xmlns="http://www.w3.org/2005/Atom">${older === null ? '' : `<link rel="prev-archive" href="${older}"/>`}${entries.join('')}</feed>`;

	test('a first document that did not change hides no change of an archive, and stays right', async () => {
		serve({
			'/feed': atom('/2025', entry('/a', 'A anew')),
			'/2025': atom(null, entry('/a', 'A of old'), entry('/b', 'B'))
		});
		const site = siteOf('feed', '/feed');
		await sync(site);
		expect(await sync(site)).toEqual(['304 /feed', '304 /2025']);
		serve({ '/2025': atom(null, entry('/a', 'A of old'), entry('/b', 'B'), entry('/c', 'C')) });
		await sync(site);
		expect(titles(site)).toEqual(['A anew', 'B', 'C']);
		expect(await sync(site)).toEqual(['304 /feed', '304 /2025']);
	});

	test('WordPress numbers the pages of its feed, and the last is known by what is behind it', async () => {
		const rss = (name: string): string =>
			`<rss><channel><generator>https://wordpress.org/</generator><item><title>${name}</title><link>/${name}</link><author>Jo</author><content>one</content></item></channel></rss>`;
		serve({ '/feed': rss('a'), '/feed?paged=2': rss('b') });
		const site = siteOf('feed', '/feed');
		await sync(site);
		expect(await sync(site)).toEqual(['304 /feed', '304 /feed?paged=2', '404 /feed?paged=3']);
		serve({ '/feed?paged=3': rss('c') });
		await sync(site);
		expect(titles(site)).toEqual(['a', 'b', 'c']);
	});

	test('a server that ignores the number of a page is not asked for ever more', async () => {
		const same = `<rss><channel><generator>https://wordpress.org/</generator>${['a', 'b'].map((name) => `<item><title>${name}</title><link>/${name}</link><author>Jo</author><content>one</content></item>`).join('')}</channel></rss>`;
		serve({ '/feed': same, '/feed?paged=2': same, '/feed?paged=3': same });
		const site = siteOf('feed', '/feed');
		await sync(site);
		const again = ['304 /feed', '304 /feed?paged=2'];
		expect(await sync(site)).toEqual(again);
		expect(await sync(site)).toEqual(again);
	});

	test('an entry on a host that becomes the site’s own comes in though nothing changed', async () => {
		const elsewhere = blog.origin.replace('127.0.0.1', 'localhost');
		serve({ '/feed': atom(null, entry('/a', 'A'), entry(`${elsewhere}/b`, 'B')) });
		const site = siteOf('feed', '/feed');
		expect((await engine.syncPosts(site)).errors).toEqual([
			'1 entries link to other hosts and were left out.'
		]);
		expect(titles(site)).toEqual(['A']);
		engine.addAlias(site, 'localhost');
		await engine.syncPosts(site);
		expect(titles(site)).toEqual(['A', 'B']);
	});

	test('the home page that names it is asked whether it changed', async () => {
		const home = (feed: string): string =>
			`<link rel="alternate" type="application/rss+xml" href="${feed}">`;
		serve({
			'/': home('/feed'),
			'/feed': atom(null, entry('/a', 'A')),
			'/new': atom(null, entry('/b', 'B'))
		});
		const site = siteOf('auto');
		await sync(site);
		expect(await sync(site)).toEqual(['304 /', '304 /feed']);
		serve({ '/': home('/new') });
		expect(await sync(site)).toEqual(['200 /', '200 /new']);
		expect(titles(site)).toEqual(['A', 'B']);
	});

	describe('of servers that err', () => {
		const one = atom(null, entry('/a', 'A'));
		const two = atom(null, entry('/a', 'A'), entry('/b', 'B'));

		test('validators that are weak, unquoted or only a date are good; those that are dropped are forgotten', async () => {
			const site = siteOf('feed', '/feed');
			for (const etag of ['W/"1"', 'unquoted']) {
				serve({ '/feed': { body: one, etag } });
				await sync(site);
				expect(await sync(site)).toEqual(['304 /feed']);
			}
			serve({
				'/feed': { body: one, etag: null, lastModified: 'Sun, 17 May 2015 10:05:03 GMT' }
			});
			await sync(site);
			expect(await sync(site)).toEqual(['304 /feed']);
			serve({ '/feed': { body: one, etag: null } });
			expect(await sync(site)).toEqual(['200 /feed']);
			expect(await sync(site)).toEqual(['200 /feed']);
			expect(engine.registry.sync(site).known?.documents ?? []).toEqual([]);
		});

		test('a document that changed within the second of its date is not taken for the same', async () => {
			const lastModified = new Date(Date.now() + 1_000).toUTCString();
			serve({ '/feed': { body: one, etag: null, lastModified } });
			const site = siteOf('feed', '/feed');
			await sync(site);
			serve({ '/feed': { body: two, etag: null, lastModified } });
			await sync(site);
			expect(titles(site)).toEqual(['A', 'B']);
		});

		test('an ETag that never changes hides a change for a week', async () => {
			serve({ '/feed': { body: one, etag: '"1"' } });
			const site = siteOf('feed', '/feed');
			await sync(site);
			serve({ '/feed': { body: two, etag: '"1"' } });
			wait(6 * 24 * HOUR);
			expect(await sync(site)).toEqual(['304 /feed']);
			wait(24 * HOUR);
			expect(await sync(site)).toEqual(['200 /feed']);
			expect(titles(site)).toEqual(['A', 'B']);
		});

		test('304 to whoever did not ask is a fault that the next answer repairs', async () => {
			serve({ '/feed': { body: one, always304: true } });
			const site = siteOf('feed', '/feed');
			await expect(engine.syncPosts(site)).rejects.toThrow(/answered with status 304\.$/);
			expect(blog.answers()).toEqual(['304 /feed']);
			serve({ '/feed': one });
			await sync(site);
			expect(titles(site)).toEqual(['A']);
		});

		test('a server that fails where it is asked for changes is asked whole the next time', async () => {
			serve({ '/feed': one });
			const site = siteOf('feed', '/feed');
			await sync(site);
			serve({ '/feed': { body: '', status: 500 } });
			await expect(engine.syncPosts(site)).rejects.toThrow(/answered with status 500\.$/);
			serve({ '/feed': one });
			blog.answers();
			expect(await sync(site)).toEqual(['200 /feed']);
		});

		test('validators are for the address that gave them, not for where it leads now', async () => {
			const to = (location: string): Served => ({ body: '', status: 302, headers: { location } });
			serve({
				'/feed': to('/one'),
				'/one': { body: one, etag: '"1"' },
				'/two': { body: two, etag: '"1"' }
			});
			const site = siteOf('feed', '/feed');
			await sync(site);
			expect(await sync(site)).toEqual(['302 /feed', '304 /one']);
			serve({ '/feed': to('/two') });
			expect(await sync(site)).toEqual(['302 /feed', '200 /two']);
			expect(titles(site)).toEqual(['A', 'B']);
		});
	});
});
