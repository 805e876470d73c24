import { expect, it } from 'vitest';
import { parsePage } from './page.ts';

const AT = Date.UTC(2015, 4, 17, 10, 5, 3);
const ISO = '2015-05-17T10:05:03Z';
const read = (html: string) => parsePage(html, 'https://blog.example/a?x=1', 'UTC');
const ld = (json: unknown) => `<script type="application/ld+json">${JSON.stringify(json)}</script>`;
const post = { '@type': 'BlogPosting', headline: 'One', datePublished: ISO };

it.each([
	[
		'JSON-LD',
		ld({ ...post, author: { name: 'Jo' }, keywords: 'seo, mail' }),
		['Jo'],
		['seo', 'mail']
	],
	[
		'two authors',
		ld([{ ...post, author: [{ name: 'Jo' }, { name: 'Bo' }], keywords: ['x'] }]),
		['Jo', 'Bo'],
		['x']
	],
	[
		'a graph',
		ld({
			'@graph': [
				{ '@id': '#jo', name: 'Jo' },
				{ ...post, author: { '@id': '#jo' }, articleSection: 'x' }
			]
		}),
		['Jo'],
		['x']
	],
	[
		'Open Graph',
		`<meta property="og:type" content="article"><meta property="og:title" content="One"><meta name="author" content="Jo"><meta property="article:tag" content="x"><meta property="article:published_time" content="${ISO}">`,
		['Jo'],
		['x']
	],
	[
		'microdata',
		`<div itemscope itemtype="https://schema.org/BlogPosting"><h1 itemprop="headline">One</h1><span itemprop="author" itemscope><b itemprop="name">Jo</b></span><time itemprop="datePublished" datetime="${ISO}">May</time><meta itemprop="keywords" content="x"></div>`,
		['Jo'],
		['x']
	],
	[
		'HubSpot',
		`<h1>One</h1><div>by <a class="author-link" href="/author/jo">Jo</a></div><time datetime="${ISO}"></time><p>Topics: <a class="topic-link" href="/topic/x">x</a></p>`,
		['Jo'],
		['x']
	],
	[
		'rel=author',
		`<article class="post"><h1>One</h1><a rel="author">By Jo</a><time datetime="${ISO}"></time></article><meta property="og:type" content="article"><p>Topics: <a>x</a></p>`,
		['Jo'],
		['x']
	]
])('%s', (_, html, authors, topics) => {
	expect(read(html)).toMatchObject({
		isArticle: true,
		title: 'One',
		publishedAt: AT,
		authors,
		topics
	});
});

it('knows other addresses of the page, its words, and when it is no article', () => {
	const html =
		'<link rel="canonical" href="/a"><link rel="amphtml" href="/a/amp"><article>One <b>two</b><script>no</script></article>';
	expect(read(html)).toMatchObject({
		url: 'https://blog.example/a',
		formerUrls: ['https://blog.example/a?x=1', 'https://blog.example/a/amp'],
		wordCount: 2,
		isArticle: false
	});
});

it.each([
	['by Jo Doe | 17 May 2015, 10:05 am | 1 comment', ['Jo Doe']],
	['Posted by <a href="/jo">Jo Doe</a> on May 17, 2015 10:05:00 AM', ['Jo Doe']],
	['Posted by Jo Doe on Sun, May 17, 2015 @ 10:05 AM', ['Jo Doe']],
	['By Jo Doe, Bo Li and Al · 2015-05-17 10:05', ['Jo Doe', 'Bo Li', 'Al']],
	['Written by: Jo Doe &amp; Bo — 17.05.2015 10:05', ['Jo Doe', 'Bo']]
])('a byline of text: %s', (byline, authors) => {
	const html = `<h1>One</h1><div><p>${byline}</p></div><main>By the way, more.</main><p>Topics: <a href="/x">x</a></p>`;
	expect(read(html)).toMatchObject({
		isArticle: true,
		authors,
		topics: ['x'],
		publishedAt: AT - 3_000
	});
});

it("HubSpot's own line, with a date that stands in no element of its own", () => {
	const html = `<div class="section post-header"><h1><span id="hs_cos_wrapper_name">One</span></h1>
		<p id="hubspot-author_data" class="hubspot-editable">17-May-2015 10:05:03 by <a class="author-link" href="/author/jo">Jo</a></p></div>
		<div class="section post-body"><span id="hs_cos_wrapper_post_body"><p>One two three</p></span></div>
		<p id="hubspot-topic_data">Topics: <a class="topic-link" href="/topic/x">x</a>, <a class="topic-link" href="/topic/y">y</a></p>`;
	expect(read(html)).toMatchObject({
		isArticle: true,
		title: 'One',
		authors: ['Jo'],
		topics: ['x', 'y'],
		publishedAt: AT,
		wordCount: 3
	});
});

it('a sentence that begins with "by" is no byline', () => {
	const html =
		'<article><p>By the time you read this, it is over.</p><p>by May | or June</p></article>';
	expect(read(html)).toMatchObject({
		authors: undefined,
		publishedAt: undefined,
		isArticle: false
	});
});
