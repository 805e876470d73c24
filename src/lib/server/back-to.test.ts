import { expect, test } from 'vitest';
import { backTo } from './back-to.ts';

const url = new URL('http://localhost:3000/blog.example/filter');

test.each([
	['/blog.example/posts?period=7d&filter=a', '/blog.example/posts?period=7d&filter=a'],
	['/blog.example', '/blog.example'],
	['/other.example', '/blog.example'],
	['/blog.example.evil', '/blog.example'],
	['/blog.example/../other.example', '/blog.example'],
	['//evil.example/blog.example', '/blog.example'],
	['/\\evil.example/blog.example', '/blog.example'],
	['https://evil.example/blog.example', '/blog.example'],
	['javascript:alert(1)', '/blog.example'],
	['http://[', '/blog.example'],
	[null, '/blog.example']
])('%s', (to, expected) => {
	const back = backTo(to, 'blog.example', url);
	expect(back.origin).toBe(url.origin);
	expect(back.pathname + back.search).toBe(expected);
});
