import { describe, expect, it } from 'vitest';
import {
	ABOUT_PAGE,
	DEMO_DOMAIN,
	offerPath,
	PRICING_PAGE,
	SUBSCRIBED_PAGE,
	topicPath
} from './blog.ts';
import { countWords } from './body.ts';
import { catalogue } from './catalogue.ts';
import { OFFERS } from './content/offers.ts';
import { TOPICS } from './content/topics.ts';
import { ctasOf } from './ctas.ts';
import { demoPage } from './pages.ts';

const NOW = Date.UTC(2026, 10, 23, 11);
const POSTS = catalogue(NOW);
const EVERGREEN = '/demo-blog/dont-buy-into-the-recent-hype-about-relationships-and-sales';
const PATHS = [
	'/demo-blog/',
	PRICING_PAGE,
	ABOUT_PAGE,
	SUBSCRIBED_PAGE,
	...TOPICS.map(({ slug }) => topicPath(slug)),
	...OFFERS.map(({ id }) => offerPath(id)),
	offerPath('learn-more'),
	...POSTS.map(({ path }) => path)
];
const VOID = new Set(['meta', 'link', 'input', 'br', 'img', 'hr']);

const page = (path: string, now = NOW): string => demoPage(path, now, NOW)?.html ?? '';

/** What is wrong with the nesting of a document's tags, or null. */
function nestingFault(document: string): string | null {
	const open: string[] = [];
	const text = document.replace(/<style>[^]*?<\/style>/g, '').replace('<!doctype html>', '');
	for (const [tag, closing, name = '', empty] of text.matchAll(
		/<(\/?)([a-z][a-z0-9]*)(?:\s+[a-z-]+(?:="[^"]*")?)*\s*(\/?)>/gi
	)) {
		if (empty === '/' || VOID.has(name)) continue;
		if (closing === '') open.push(name);
		else if (open.pop() !== name) return tag;
	}
	const rest = text.replace(/<\/?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:="[^"]*")?)*\s*\/?>/gi, '');
	if (/[<>]/.test(rest)) return rest.slice(rest.search(/[<>]/), 80);
	return open.length === 0 ? null : open.join(' ');
}

const articleOf = (document: string): string =>
	/<article data-byline-article>([^]*?)<\/article>/.exec(document)?.[1] ?? '';

describe('demoPage', () => {
	it('answers only for its own paths', () => {
		expect(demoPage('/', NOW)).toBeNull();
		expect(demoPage('/demo-blogger', NOW)).toBeNull();
		expect(demoPage('/demo-blog', NOW)?.status).toBe(200);
		expect(demoPage('/demo-blog/nothing', NOW)?.status).toBe(404);
	});

	it.each(PATHS)('%s is a whole, well-formed document with the tracker', (path) => {
		expect(demoPage(path, NOW)?.status).toBe(200);
		const document = page(path);
		expect(document).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
		expect(nestingFault(document)).toBeNull();
		expect(document).toContain(
			`<script defer src="/js/byline.js" data-domain="${DEMO_DOMAIN}"></script>`
		);
		expect(document.match(/<h1>/g)).toHaveLength(1);
		const ids = [...document.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('links to nothing that is missing', () => {
		const links = new Set(
			PATHS.flatMap((path) => [
				...page(path).matchAll(/(?:href|action)="(\/demo-blog(?:\/[^"]*)?)"/g)
			]).map(([, link = '']) => link)
		);
		for (const link of links) expect([link, demoPage(link, NOW)?.status]).toEqual([link, 200]);
	});

	it('gives every article its parts', () => {
		for (const post of POSTS) {
			const document = page(post.path);
			for (const part of [
				'<article data-byline-article>',
				'Topics: <a href="/demo-blog/topics/',
				'>Learn More</a>',
				'Subscribe to Our Blog',
				'<form data-subscribe="newsletter"',
				'Recent Posts',
				'data-cta-placement="in-text"',
				'data-cta-placement="end-of-post"',
				'data-cta-placement="sidebar"',
				'id="comments"',
				'<span class="author">'
			])
				expect(document).toContain(part);
			expect(document.match(/<article/g)).toHaveLength(1);
		}
	});

	it('marks the body alone, and counts its words as the catalogue does', () => {
		for (const post of POSTS) {
			const body = articleOf(page(post.path));
			expect(body).not.toMatch(/<form|class="(?:comments|topics|byline|authors)/);
			expect(countWords(body.replace(/<aside[^]*?<\/aside>/g, ''))).toBe(post.wordCount);
		}
	});

	it('shows the byline of the evergreen', () => {
		const text = page(EVERGREEN)
			.replace(/<[^>]*>/g, '')
			.replaceAll('&#39;', "'")
			.replace(/\s+/g, ' ');
		expect(text).toContain("Don't buy into the recent hype about relationships and sales.");
		expect(text).toContain('by Chris Peterson | 25 August 2017, 9:42 am | 1 comment');
	});

	it('shows as many comments as the catalogue counts', () => {
		for (const post of POSTS) {
			const comments = /<section class="comments"[^]*?<\/section>/.exec(page(post.path))?.[0] ?? '';
			expect(comments.match(/<li>/g) ?? []).toHaveLength(post.commentCount ?? -1);
		}
	});

	it('carries exactly the calls to action of the draw', () => {
		for (const post of POSTS.slice(0, 12)) {
			const shown = [
				...page(post.path).matchAll(
					/data-cta="([^"]+)" data-cta-placement="([^"]+)"(?: data-cta-variant="([^"]+)")?/g
				)
			].map(([, id, placement, variant = '']) => `${id} ${placement} ${variant}`);
			const possible = Array.from({ length: 8 }, (_, draw) =>
				ctasOf(post, draw)
					.map(({ id, placement, variant }) => `${id} ${placement} ${variant}`)
					.sort()
			);
			expect(possible).toContainEqual(shown.sort());
		}
	});

	it('shows both variants over time, and the same one to the same moment', () => {
		const variants = new Set(
			Array.from({ length: 40 }, (_, i) => page(EVERGREEN, NOW + i * 977)).map(
				(document) => /data-cta-placement="end-of-post" data-cta-variant="(.)"/.exec(document)?.[1]
			)
		);
		expect(variants).toEqual(new Set(['a', 'b']));
		expect(page(EVERGREEN)).toBe(page(EVERGREEN));
	});

	it('has a form that cannot send the address', () => {
		expect(page(EVERGREEN)).not.toMatch(/<input[^>]*\sname=/);
	});

	it('fetches nothing from elsewhere', () => {
		for (const path of PATHS)
			expect(page(path)).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\/|@import|url\(/);
	});
});
