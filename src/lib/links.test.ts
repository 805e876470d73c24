import { describe, expect, it } from 'vitest';
import {
	csvHref,
	memberHref,
	pageHref,
	screenHref,
	shownUrl,
	sitePath,
	withFilter,
	withQuery,
	withoutFilter
} from './links.ts';

const url = new URL(
	'http://localhost/blog.example/posts?period=7d&sort=-readers&page=3&filter=topic:is:A&filter=device:is:mobile'
);

const decoded = (href: string): string => decodeURIComponent(href);

describe('links', () => {
	it('change one parameter, keep the others and go back to the first page', () => {
		expect(decoded(withQuery(url, { period: '30d', sort: null }))).toBe(
			'/blog.example/posts?filter=topic:is:A&filter=device:is:mobile&period=30d'
		);
	});

	it('of an editor are about the screen that it leads back to', () => {
		const editor = (to: string) =>
			new URL(`/blog.example/filter?to=${encodeURIComponent(to)}`, url);
		expect(shownUrl(url, false).href).toBe(url.href);
		const shown = shownUrl(editor('/blog.example/posts?period=7d&sort=-reads'), true);
		expect(screenHref(shown, '/blog.example/topics')).toBe('/blog.example/topics?period=7d');
		for (const foreign of ['https://elsewhere.example/', 'javascript:alert(1)', 'http://[', ''])
			expect(screenHref(shownUrl(editor(foreign), true), '/blog.example')).toMatch(
				/^\/blog\.example(\?|$)/
			);
	});

	it('take period and filters to another screen, and leave the sort behind', () => {
		expect(decoded(screenHref(url, '/blog.example/topics'))).toBe(
			'/blog.example/topics?period=7d&filter=topic:is:A&filter=device:is:mobile'
		);
	});

	it('ask the CSV for what the screen asked', () => {
		expect(decoded(csvHref(url, 'blog.example', 'posts'))).toBe(
			'/api/reports/posts.csv?site=blog.example&period=7d&sort=-readers&filter=topic:is:A&filter=device:is:mobile'
		);
	});

	it('add a filter once and take it away by its place', () => {
		expect(new URL(withFilter(url, 'topic:is:A'), url).searchParams.getAll('filter')).toEqual([
			'device:is:mobile',
			'topic:is:A'
		]);
		expect(new URL(withoutFilter(url, 0), url).searchParams.getAll('filter')).toEqual([
			'device:is:mobile'
		]);
	});

	it('lead to the blog, or to the sample blog beside the dashboard', () => {
		expect(pageHref('blog.example.com', '/a')).toBe('https://blog.example.com/a');
		expect(pageHref('demo-blog.example', '/demo-blog/a')).toBe('/demo-blog/a');
	});

	it('name a topic in the path, or in a filter where a path cannot hold it', () => {
		const plain = new URL('http://localhost/blog.example?period=7d');
		expect(memberHref(plain, 'blog.example', 'topic', 'A/B')).toBe(
			'/blog.example/topics/A%2FB?period=7d'
		);
		expect(decoded(memberHref(plain, 'blog.example', 'author', '..'))).toBe(
			'/blog.example/posts?period=7d&filter=author:is:..'
		);
	});

	it('keep a hostile topic inside its path part', () => {
		expect(sitePath('blog.example', 'topics', '../a?b#c')).toBe(
			'/blog.example/topics/..%2Fa%3Fb%23c'
		);
	});
});
