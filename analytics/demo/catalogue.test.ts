import { describe, expect, it } from 'vitest';
import { canonicalPath } from '../posts/canonical-path.ts';
import { localDay } from '../time/local.ts';
import { DEMO_ZONE } from './blog.ts';
import { catalogue, demoPost } from './catalogue.ts';
import { AUTHORS } from './content/authors.ts';
import { TOPICS } from './content/topics.ts';

const NOW = Date.UTC(2026, 10, 23, 11);
const DAY = 86_400_000;

describe('catalogue', () => {
	const posts = catalogue(NOW);

	it('has 60 posts by six authors on a dozen topics', () => {
		expect(posts).toHaveLength(60);
		expect(new Set(posts.flatMap((post) => post.authors))).toEqual(
			new Set(AUTHORS.map(({ name }) => name))
		);
		expect(new Set(posts.flatMap((post) => post.topics))).toEqual(
			new Set(TOPICS.map(({ name }) => name))
		);
		expect(TOPICS).toHaveLength(12);
		expect(posts.filter((post) => post.authors.length === 2).length).toBeGreaterThan(8);
		expect(posts.filter((post) => post.topics.length >= 2).length).toBeGreaterThan(15);
	});

	it('has canonical paths below /demo-blog, each once', () => {
		expect(new Set(posts.map((post) => post.path)).size).toBe(posts.length);
		for (const { path } of posts) {
			expect(path).toMatch(/^\/demo-blog\/[a-z0-9-]+$/);
			expect(canonicalPath(path)).toBe(path);
		}
	});

	it('has the evergreen of 2017', () => {
		const post = posts.at(-1);
		expect(post).toMatchObject({
			title: "Don't buy into the recent hype about relationships and sales.",
			authors: ['Chris Peterson'],
			topics: ['Selling'],
			commentCount: 1
		});
		expect(localDay(DEMO_ZONE, post?.publishedAt ?? 0)).toBe('2017-08-25');
		expect(localDay('UTC', post?.publishedAt ?? 0)).toBe('2017-08-25');
	});

	it('has bodies of 400 to 2,600 words', () => {
		const words = posts.map((post) => post.wordCount ?? 0);
		expect(Math.min(...words)).toBeGreaterThanOrEqual(400);
		expect(Math.max(...words)).toBeLessThanOrEqual(2600);
		expect(Math.max(...words)).toBeGreaterThan(2400);
		for (const { path, wordCount } of posts) expect(demoPost(path)?.words).toBe(wordCount);
	});

	it('is the same for the same moment', () => {
		expect(catalogue(NOW)).toEqual(posts);
	});

	it('spreads the posts over the last 18 months, whenever it is asked', () => {
		for (let hour = 0; hour < 400 * 24; hour += 29) {
			const now = Date.UTC(2026, 0, 1) + hour * 3_600_000;
			const ages = catalogue(now)
				.slice(0, -1)
				.map((post) => (now - (post.publishedAt ?? 0)) / DAY);
			const gaps = ages.slice(1).map((age, i) => age - (ages[i] ?? 0));
			expect(ages[0]).toBeGreaterThan(0.005);
			expect(ages[0]).toBeLessThan(3.2);
			expect(ages.at(-1)).toBeLessThan(548);
			expect(ages.at(-1)).toBeGreaterThan(500);
			expect(Math.min(...gaps)).toBeGreaterThan(1.8);
			expect(Math.max(...gaps)).toBeLessThan(14.2);
		}
	});
});

describe('demoPost', () => {
	it('knows no other paths', () => {
		expect(demoPost('/demo-blog')).toBeNull();
		expect(demoPost('/demo-blog/nothing')).toBeNull();
	});

	it('leaves no gap in a sentence', () => {
		for (const { path } of catalogue(NOW)) {
			const text = JSON.stringify(demoPost(path)?.blocks);
			expect(text).not.toMatch(/[{]\w+[}]|undefined|\bit it\b/);
		}
	});
});
