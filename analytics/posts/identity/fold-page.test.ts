import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalPath } from '../canonical-path.ts';
import { foldPage } from './fold-page.ts';
import { pagePosts } from './page-posts.ts';
import { NO_RULES } from './site-rules.ts';

const BOTH = { ...NO_RULES, html: 'fold', letterCase: 'fold' } as const;

it.each([
	['/Blog/My-Post.HTML', '/blog/my-post'],
	['/a.html', '/a'],
	['/a.htm', '/a'],
	['/a.html.html', '/a'],
	['/.html', '/.html'],
	['/a/.html', '/a/.html'],
	['/a.html?p=Xy', '/a?p=Xy'],
	['/CAF%C3%89', '/caf%C3%A9'],
	['/A%E8%F1', '/a%E8%F1'],
	['/A%2FB', '/a%2Fb'],
	['/', '/']
])('%s is the page %s where case and .html fold', (page, folded) => {
	expect(foldPage(page, BOTH)).toBe(folded);
});

it('changes nothing unless the site says so, and each rule only its own', () => {
	expect(foldPage('/A.html', NO_RULES)).toBe('/A.html');
	expect(foldPage('/A.html', { ...NO_RULES, html: 'fold' })).toBe('/A');
	expect(foldPage('/A.html', { ...NO_RULES, letterCase: 'fold' })).toBe('/a.html');
});

it.each<[string, readonly string[], string]>([
	['/a?p=1', ['p'], '/a?p=1'],
	['/a?p=1', [], '/a'],
	['/?id=3&p=1', ['id'], '/?id=3'],
	['/?id=3&p=1', ['p', 'id'], '/?id=3&p=1']
])('%s where %j name content is %s', (page, params, folded) => {
	expect(foldPage(page, { ...NO_RULES, params })).toBe(folded);
});

it('is the same again when applied twice, and a canonical path', () => {
	const piece = fc.constantFrom(
		'/',
		'A',
		'é',
		'É',
		'.html',
		'.HTM',
		'%C3',
		'%2f',
		'?p=A',
		'ß',
		'.'
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
			const folded = foldPage(canonicalPath(`/${pieces.join('')}`), BOTH);
			expect(foldPage(folded, BOTH)).toBe(folded);
			expect(canonicalPath(folded)).toBe(folded);
		}),
		{ numRuns: 500 }
	);
});

const post = (id: number, path: string, formerPaths: readonly string[] = []) => ({
	id,
	path,
	formerPaths,
	title: path,
	authors: [],
	topics: [],
	publishedAt: null,
	wordCount: null,
	commentCount: null
});

it('AMP and print variants are the post, unless they are posts themselves', () => {
	const posts = [post(1, '/a.html', ['/old']), post(2, '/print/a.html'), post(3, '/amp')];
	const pages = pagePosts(posts, NO_RULES);
	for (const page of [
		'/a.html',
		'/a.amp.html',
		'/a.html/amp',
		'/old/amp',
		'/amp/old',
		'/old/print'
	])
		expect([page, pages.get(page)]).toEqual([page, 1]);
	expect(pages.get('/print/a.html')).toBe(2);
	expect(pages.get('/amp')).toBe(3);
	expect(pages.get('/a')).toBeUndefined();
	expect(pagePosts(posts, { ...NO_RULES, html: 'fold' }).get('/a')).toBe(1);
});
