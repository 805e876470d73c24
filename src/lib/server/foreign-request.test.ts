import { expect, test } from 'vitest';
import { isForeign } from './foreign-request.ts';

const asked = (method: string, headers: Record<string, string>): Request =>
	new Request('https://stats.example.com/blog.example/segments', { method, headers });

test.each([
	['POST', { 'sec-fetch-site': 'cross-site' }, true],
	['POST', { 'sec-fetch-site': 'same-site' }, true],
	['DELETE', { 'sec-fetch-site': 'cross-site' }, true],
	['POST', { 'sec-fetch-site': 'same-origin' }, false],
	['POST', { 'sec-fetch-site': 'none' }, false],
	['POST', { 'sec-fetch-site': 'cross-site', origin: 'https://stats.example.com' }, true],
	['POST', { origin: 'https://evil.example' }, true],
	['POST', { origin: 'https://stats.example.com.evil.example' }, true],
	['POST', { origin: 'https://stats.example.com:8443' }, true],
	['POST', { origin: 'null' }, true],
	['POST', { origin: '' }, true],
	['POST', { origin: 'https://stats.example.com' }, false],
	['POST', {}, false],
	['GET', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false]
] as const)('%s with %j: %s', (method, headers, foreign) => {
	expect(isForeign(asked(method, headers))).toBe(foreign);
});
