import { expect, test } from 'vitest';
import { safePath } from './safe-path.ts';

const url = new URL('https://stats.example.com/sign-in');

test.each([
	['/blog.example.com/posts?period=7d', '/blog.example.com/posts?period=7d'],
	['/a/../b', '/b'],
	[null, '/'],
	['', '/'],
	['https://evil.example/', '/'],
	['//evil.example/', '/'],
	['/\\evil.example/', '/'],
	['/\t/evil.example/', '/'],
	['/a/..//evil.example/', '/'],
	['/blog.example.com/../../..//evil.example', '/'],
	['/.//evil.example', '/'],
	['javascript:alert(1)', '/'],
	['blog.example.com', '/']
])('%j leads to %s', (to, path) => {
	expect(safePath(to, url)).toBe(path);
});
