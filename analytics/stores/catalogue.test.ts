import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRegistry, type Registry } from './registry.ts';
import type { Site } from '../posts/site.ts';
import type { PostSource, StatedPost } from '../posts/stated-post.ts';

let registry: Registry;
let site: Site;

beforeEach(() => {
	registry = openRegistry(':memory:');
	site = registry.addSite('blog.example.com', 'UTC', 0);
});
afterEach(() => registry.close());

const stated = (
	source: PostSource,
	path: string,
	given: Partial<Omit<StatedPost, 'source' | 'path'>> = {}
): StatedPost => ({
	source,
	path,
	formerPaths: [],
	title: '',
	authors: [],
	topics: [],
	publishedAt: null,
	wordCount: null,
	commentCount: null,
	...given
});
const put = (...posts: readonly StatedPost[]) => registry.catalogue.putStated(site, posts);
const shown = () =>
	registry.catalogue
		.posts(site)
		.map(({ path, formerPaths, title }) => [path, [...formerPaths].sort(), title]);
const idOf = (path: string): number =>
	registry.catalogue.posts(site).find((post) => post.path === path)?.id ?? -1;
const changeIds = () => registry.catalogue.changes(site).map(({ id }) => id);

describe('posts that turn out to be the same', () => {
	it('merge by a former path, and the one with the present path stays', () => {
		put(
			stated('feed', '/old', { title: 'Old', wordCount: 7 }),
			stated('feed', '/new', { title: 'New' })
		);
		const kept = idOf('/new');
		put(stated('page', '/new', { formerPaths: ['/old'] }));
		expect(shown()).toEqual([['/new', ['/old'], 'New']]);
		expect(registry.catalogue.posts(site)[0]).toMatchObject({ id: kept, wordCount: 7 });
		expect(registry.catalogue.changes(site)).toMatchObject([{ kind: 'merge', reason: 'path' }]);
	});

	it('merge by what the source calls them', () => {
		put(stated('feed', '/old', { guid: '12', title: 'Old' }));
		put(stated('page', '/new', { title: 'Seen' }));
		put(stated('feed', '/new', { guid: '12', title: 'New' }));
		expect(shown()).toEqual([['/new', ['/old'], 'New']]);
	});

	it('stay two where one list names both, or all entries have one guid', () => {
		put(
			stated('feed', '/a', { guid: 'x' }),
			stated('feed', '/b', { guid: 'x', formerPaths: ['/a'] })
		);
		put(
			stated('feed', '/a', { guid: 'x' }),
			stated('feed', '/b', { guid: 'x', formerPaths: ['/a'] })
		);
		expect(shown().map(([path]) => path)).toEqual(['/a', '/b']);
	});

	it('do not merge again once somebody has undone it', () => {
		put(stated('feed', '/old', { title: 'Old' }), stated('feed', '/new', { title: 'New' }));
		const before = registry.catalogue.posts(site);
		put(stated('page', '/new', { formerPaths: ['/old'] }));
		registry.catalogue.undoChange(site, changeIds()[0] ?? -1, 1);
		expect(registry.catalogue.posts(site)).toEqual(before);
		put(stated('page', '/new', { formerPaths: ['/old'] }));
		expect(registry.catalogue.posts(site)).toEqual(before);
	});

	it('merge where the site says that case or .html make no difference', () => {
		put(stated('feed', '/Post.html', { title: 'A' }), stated('feed', '/post', { title: 'B' }));
		const before = registry.catalogue.posts(site);
		registry.catalogue.setRules(site, { html: 'fold', letterCase: 'fold' });
		expect(shown()).toEqual([['/Post.html', ['/post'], 'A']]);
		expect(put(stated('feed', '/POST', { title: 'A' }))).toMatchObject({ added: 0 });
		registry.catalogue.setRules(site, { html: 'keep', letterCase: 'keep' });
		expect(registry.catalogue.posts(site).map(({ path }) => path)).toEqual(
			before.map(({ path }) => path)
		);
	});
});

describe('merging and splitting by hand', () => {
	it('is undone exactly', () => {
		put(
			stated('feed', '/a', { title: 'A', topics: ['X'] }),
			stated('feed', '/b', { title: 'B', authors: ['Jo'] })
		);
		const before = registry.catalogue.posts(site);
		const change = registry.catalogue.mergePosts(site, idOf('/a'), idOf('/b'), 1);
		expect(registry.catalogue.posts(site)).toMatchObject([
			{ path: '/a', formerPaths: ['/b'], title: 'A', topics: ['X'], authors: ['Jo'] }
		]);
		expect(() => registry.catalogue.splitPost(site, idOf('/a'), '/b', 2)).toThrow(
			/undo that merge/
		);
		put(stated('feed', '/b', { title: 'B', authors: ['Jo'] }));
		registry.catalogue.undoChange(site, change, 3);
		expect(registry.catalogue.posts(site)).toEqual(before);
		expect(() => registry.catalogue.undoChange(site, change, 4)).toThrow(/undone already/);
	});

	it('a former path becomes a post, and stays one when it is named again', () => {
		put(stated('feed', '/new', { title: 'New', formerPaths: ['/old'] }));
		const before = registry.catalogue.posts(site);
		const change = registry.catalogue.splitPost(site, idOf('/new'), '/old', 1);
		put(
			stated('page', '/new', { formerPaths: ['/old'] }),
			stated('page', '/old', { title: 'Old' })
		);
		put(stated('page', '/new', { formerPaths: ['/old'] }));
		expect(shown()).toEqual([
			['/new', [], 'New'],
			['/old', [], 'Old']
		]);
		registry.catalogue.undoChange(site, change, 2);
		expect(registry.catalogue.posts(site)).toEqual(before);
	});

	it.each([
		['itself', () => registry.catalogue.mergePosts(site, idOf('/a'), idOf('/a'), 1), /with itself/],
		[
			'a post there is not',
			() => registry.catalogue.mergePosts(site, idOf('/a'), 99, 1),
			/no post 99/
		],
		[
			'no former path',
			() => registry.catalogue.splitPost(site, idOf('/a'), '/z', 1),
			/no former path/
		],
		[
			'no topic',
			() => registry.catalogue.renameName(site, 'topic', 'No', 'Yes', 1),
			/no topic "No"/
		],
		['no change', () => registry.catalogue.undoChange(site, 99, 1), /no change 99/]
	])('%s is refused and changes nothing', (_, work, message) => {
		put(stated('feed', '/a', { title: 'A' }));
		expect(work).toThrow(message);
		expect(changeIds()).toEqual([]);
	});
});

describe('edits by hand', () => {
	it('win over every source, an empty value included, until they are taken back', () => {
		put(stated('feed', '/a', { title: 'A', topics: ['X'], publishedAt: 5 }));
		const before = registry.catalogue.posts(site);
		const id = idOf('/a');
		registry.catalogue.editPost(site, id, { title: 'Mine', topics: [], publishedAt: null });
		put(stated('feed', '/a', { title: 'Again', topics: ['Y'], publishedAt: 6 }));
		const [post] = registry.catalogue.posts(site);
		expect(post).toMatchObject({ title: 'Mine', topics: [], publishedAt: null });
		expect(post && registry.catalogue.provenance(post)).toMatchObject({
			title: 'edit',
			topics: 'edit'
		});
		registry.catalogue.takeBack(site, id, ['title', 'topics', 'publishedAt']);
		put(stated('feed', '/a', { title: 'A', topics: ['X'], publishedAt: 5 }));
		expect(registry.catalogue.posts(site)).toEqual(before);
	});
});

it('a catalogue that is written and read elsewhere is the same, and goes on in the same way', () => {
	put(
		stated('feed', '/a', { title: 'A', guid: '1', topics: ['seo'], formerPaths: ['/old'] }),
		stated('feed', '/b', { title: 'B', guid: '2', topics: ['SEO', 'Y'] })
	);
	registry.catalogue.mergePosts(site, idOf('/b'), idOf('/a'), 1);
	registry.catalogue.splitPost(site, idOf('/b'), '/old', 2);
	registry.catalogue.renameName(site, 'topic', 'Y', 'Why', 3);
	registry.catalogue.editPost(site, idOf('/b'), { title: 'Mine' });
	registry.catalogue.setRules(site, { topics: 'fold', html: 'fold' });

	const other = openRegistry(':memory:');
	const before = other.addSite('first.example.com', 'UTC', 0);
	other.catalogue.putStated(before, [stated('feed', '/z')]);
	const copy = other.addSite('blog.example.com', 'UTC', 0);
	other.catalogue.read(copy, registry.catalogue.write(site));
	const plain = (from: Registry, of: Site) =>
		from.catalogue.posts(of).map(({ id: _, ...post }) => post);
	expect(plain(other, copy)).toEqual(plain(registry, site));
	const again = [stated('feed', '/c', { title: 'C', guid: '2' })];
	registry.catalogue.putStated(site, again);
	other.catalogue.putStated(copy, again);
	for (const [from, of] of [
		[registry, site],
		[other, copy]
	] as const)
		for (const { id, kind } of from.catalogue.changes(of))
			if (kind !== 'split') from.catalogue.undoChange(of, id, 9);
	expect(plain(other, copy)).toEqual(plain(registry, site));
	expect(plain(other, copy).length).toBe(3);
	other.close();
});
