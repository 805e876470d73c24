/** Documents of a megabyte that are made to keep a reader busy: each once took from half a minute to hours. */
import { expect, it } from 'vitest';
import { parseXmlFeed } from './feed.ts';
import { parsePage } from './page.ts';

const URL_OF = 'https://blog.example/a';
const SIZE = 1_000_000;
const repeated = (text: string): string => text.repeat(Math.floor(SIZE / text.length));
const nested = (open: string, close: string, depth: number): string =>
	repeated(`${open.repeat(depth)}x${close.repeat(depth)}`);
const TITLE = '<meta property="og:title" content="One">';

it.each([
	['elements in each other', nested('<div>', '</div>', 2_000)],
	['elements that are never closed', repeated('<time datetime="x">')],
	['authors in each other', nested('<div class="author-link">', '</div>', 150)],
	[
		'properties in each other',
		`<div itemscope itemtype="https://schema.org/BlogPosting">${nested('<b itemprop="author name">', '</b>', 150)}`
	],
	['headings in each other', nested('<h1>', '</h1>', 150)],
	['bylines', repeated('<p>by a | b</p>')],
	['a script of brackets', `<script type="application/ld+json">${repeated('[')}</script>`]
])('a page of %s', (_, html) => {
	expect(parsePage(TITLE + html, URL_OF, 'UTC').title).toEqual(expect.any(String));
});

it.each([
	['elements in each other', nested('<b>', '</b>', 2_000)],
	['markup within text that is never closed', repeated('&lt;b&gt;')],
	['dates that are none', repeated('<pubDate>Sun, 99 Foo 2015 1:2:3 x</pubDate>')]
])('a feed of %s', (_, more) => {
	const text = `<rss><channel><item><link>${URL_OF}</link><title>One</title><content:encoded>${more}</content:encoded></item></channel></rss>`;
	expect(parseXmlFeed(text, URL_OF, 'UTC')?.candidates).toMatchObject([{ title: 'One' }]);
});
