/** What is asked of the WordPress and Ghost APIs that were read before. */
import { describe, expect, test } from 'vitest';
import type { Served } from '../support/asked-blog.ts';
import { blog, engine, openBoth, serve, set, siteOf, sync, titles } from './asked-catalogue.ts';

openBoth();

describe('WordPress', () => {
	const path = (page: number): string =>
		`/wp-json/wp/v2/posts?per_page=50&_embed=author,wp:term&page=${page}`;
	const post = (name: string) => ({
		link: `${blog.origin}/${name}/`,
		date_gmt: '2026-05-17T10:05:03',
		title: { rendered: name },
		content: { rendered: '<p>One two</p>' },
		_embedded: { author: [{ name: 'Jo' }] }
	});
	const list = (pages: number, ...names: readonly string[]): Served => ({
		body: JSON.stringify(names.map(post)),
		headers: { 'x-wp-totalpages': String(pages) }
	});

	test('every page is asked whether it changed, and whether one came behind it', async () => {
		serve({ [path(1)]: list(2, 'a', 'b'), [path(2)]: list(2, 'c') });
		const site = siteOf('wordpress');
		expect(await sync(site)).toEqual([`200 ${path(1)}`, `200 ${path(2)}`]);
		expect(await sync(site)).toEqual([`304 ${path(1)}`, `304 ${path(2)}`, `404 ${path(3)}`]);
		expect(titles(site)).toEqual(['a', 'b', 'c']);
	});

	test('a first page that did not change hides no change behind it', async () => {
		serve({ [path(1)]: list(2, 'a', 'b'), [path(2)]: list(2, 'c') });
		const site = siteOf('wordpress');
		await sync(site);
		serve({ [path(2)]: list(2, 'c', 'late') });
		await sync(site);
		expect(titles(site)).toEqual(['a', 'b', 'c', 'late']);
		await sync(site);
		// The number of pages is in no body.
		serve({ [path(3)]: { ...list(3, 'later') } });
		for (const page of [1, 2])
			blog.pages.set(path(page), {
				...(blog.pages.get(path(page)) as Served),
				headers: { 'x-wp-totalpages': '3' }
			});
		expect((await sync(site)).slice(0, 2)).toEqual([`304 ${path(1)}`, `304 ${path(2)}`]);
		expect(titles(site)).toEqual(['a', 'b', 'c', 'late', 'later']);
		expect(await sync(site)).toEqual([
			`304 ${path(1)}`,
			`304 ${path(2)}`,
			`304 ${path(3)}`,
			`404 ${path(4)}`
		]);
	});

	test('fewer pages than before are no fault', async () => {
		serve({ [path(1)]: list(2, 'a', 'b'), [path(2)]: list(2, 'c') });
		const site = siteOf('wordpress');
		await sync(site);
		serve({ [path(1)]: { ...list(1, 'a', 'b') }, [path(2)]: { body: '', status: 400 } });
		await sync(site);
		expect(await sync(site)).toEqual([`304 ${path(1)}`, `400 ${path(2)}`]);
		expect(titles(site)).toEqual(['a', 'b', 'c']);
	});

	test('a post that was split off gets its title though nothing changed', async () => {
		serve({ [path(1)]: list(1, 'new') });
		const site = siteOf('wordpress');
		await engine.putPosts(site, [
			{
				path: '/old',
				formerPaths: ['/new'],
				title: 'Old',
				authors: [],
				topics: [],
				publishedAt: null,
				wordCount: null,
				commentCount: null
			}
		]);
		await sync(site);
		const [old] = engine.posts(site);
		await engine.identity.splitPost(site, old!.id, '/new');
		expect(await sync(site)).toEqual([`200 ${path(1)}`]);
		expect(titles(site)).toEqual(['Old', 'new']);
	});
});

describe('Ghost', () => {
	const path = (page: number, key = 'abc123'): string =>
		`/ghost/api/content/posts/?key=${key}&include=authors%2Ctags&formats=html&limit=50&page=${page}`;
	const list = (next: number | null, ...names: readonly string[]): string =>
		JSON.stringify({
			posts: names.map((name) => ({
				uuid: name,
				url: `${blog.origin}/${name}/`,
				title: name,
				html: '<p>One</p>',
				authors: [{ name: 'Jo' }]
			})),
			meta: { pagination: { next } }
		});

	test('every page is asked whether it changed; the key is kept nowhere else', async () => {
		serve({ [path(1)]: list(2, 'a'), [path(2)]: list(null, 'b') });
		const site = siteOf('ghost', '/', 'abc123');
		await sync(site);
		expect(await sync(site)).toEqual([`304 ${path(1)}`, `304 ${path(2)}`]);
		const { key, ...kept } = engine.registry.sync(site);
		expect(key).toBe('abc123');
		expect(JSON.stringify(kept)).not.toContain('abc123');
		serve({ [path(2)]: list(null, 'b', 'c') });
		await sync(site);
		expect(titles(site)).toEqual(['a', 'b', 'c']);
	});

	test('another key, address or kind is answered whole, whatever validators are alike', async () => {
		const same = (body: string): Served => ({ body, etag: '"1"' });
		serve({
			[path(1)]: same(list(null, 'a')),
			[path(1, 'other')]: same(list(null, 'b')),
			[`/blog${path(1, 'other')}`]: same(list(null, 'c')),
			'/feed': same(
				'<rss><channel><item><title>d</title><link>/d</link><author>Jo</author><content>one</content></item></channel></rss>'
			)
		});
		const site = siteOf('ghost', '/', 'abc123');
		await sync(site);
		set(site, { key: 'other' });
		expect(await sync(site)).toEqual([`200 ${path(1, 'other')}`]);
		set(site, { url: `${blog.origin}/blog` });
		expect(await sync(site)).toEqual([`200 /blog${path(1, 'other')}`]);
		set(site, { kind: 'feed', url: `${blog.origin}/feed` });
		expect(await sync(site)).toEqual(['200 /feed']);
		set(site, { kind: 'ghost', url: `${blog.origin}/`, key: 'abc123' });
		expect(await sync(site)).toEqual([`200 ${path(1)}`]);
		expect(await sync(site)).toEqual([`304 ${path(1)}`]);
		expect(titles(site)).toEqual(['a', 'b', 'c', 'd']);
	});

	test('what another source said meanwhile, read by hand, is said anew by the one that is set', async () => {
		serve({
			[path(1)]: list(null, 'a'),
			[`/other${path(1)}`]: list(null, 'a').replace('"title":"a"', '"title":"other"')
		});
		const site = siteOf('ghost', '/', 'abc123');
		await sync(site);
		await engine.syncPosts(site, { kind: 'ghost', url: `${blog.origin}/other`, key: 'abc123' });
		expect(titles(site)).toEqual(['other']);
		await sync(site);
		expect(titles(site)).toEqual(['a']);
	});

	test('settings that are saved while the catalogue is read stay as they were saved', async () => {
		serve({ [path(1)]: list(null, 'a') });
		const site = siteOf('ghost', '/', 'abc123');
		const reading = engine.syncPosts(site);
		await expect.poll(() => engine.syncProgress(site)?.startedAt).not.toBeNull();
		set(site, { kind: 'sitemap', url: `${blog.origin}/sitemap.xml`, key: '', everyHours: 3 });
		await reading;
		expect(engine.registry.sync(site)).toMatchObject({
			kind: 'sitemap',
			url: `${blog.origin}/sitemap.xml`,
			key: '',
			everyHours: 3,
			added: 1
		});
	});
});
