import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPath } from './canonical-path.ts';

describe('canonicalPath', () => {
	it.each([
		['https://example.com', '/'],
		['https://example.com/', '/'],
		['https://example.com?p=12', '/?p=12'],
		['HTTPS://user@example.com:8080/a#part', '/a'],
		['', '/'],
		['a/b', '/a/b'],
		['/', '/'],
		['//favicon.ico', '/favicon.ico'],
		['/blog//a///b/', '/blog/a/b'],
		['/blog/index.html', '/blog'],
		['/index.html', '/'],
		['/index.html/', '/'],
		['/blog/my-index.html', '/blog/my-index.html'],
		['/blog/index', '/blog/index'],
		['/Blog/Post.HTML', '/Blog/Post.HTML'],
		['/a/./b/../c', '/a/c'],
		['/../../a', '/a'],
		['/a/%2e%2E/b', '/b'],
		['/a\\b', '/a/b'],
		['/grok-porting-to-c++.html', '/grok-porting-to-c++.html'],
		['/grok-porting-to-c%2B%2b.html', '/grok-porting-to-c++.html'],
		['/%7Ejordan/%41', '/~jordan/A'],
		['/hope%20is not', '/hope%20is%20not'],
		['/caf%c3%a9', '/caf%C3%A9'],
		['/café', '/caf%C3%A9'],
		['/日本', '/%E6%97%A5%E6%9C%AC'],
		['/%E8%F1', '/%E8%F1'],
		['/100%', '/100%25'],
		['/100%zz', '/100%25zz'],
		['/%2541', '/%2541'],
		['/a%2fb', '/a%2Fb'],
		['/a%3Fb%23c', '/a%3Fb%23c'],
		['/<script>"', '/%3Cscript%3E%22'],
		['javascript:alert(1)', '/javascript:alert(1)'],
		['/a\u0000b\n%00c%0A', '/abc'],
		['/\ud800', '/%EF%BF%BD'],
		['  /a  ', '/a'],
		['/go?url=https://other.example/x', '/go'],
		['/a?utm_source=x&utm_medium=y&gclid=1&fbclid=2&mc_cid=3&mc_eid=4&ref=5&source=6', '/a'],
		['/?page_id=7&p=12&utm_source=x', '/?p=12&page_id=7'],
		['/?p=12&p=13', '/?p=13'],
		['/?p=', '/'],
		['/?p', '/'],
		['/?%70=a+b%26c', '/?p=a%20b%26c'],
		['/a?#p=1', '/a']
	])('%j is %j', (url, path) => {
		expect(canonicalPath(url)).toBe(path);
	});

	it('takes a URL object', () => {
		expect(canonicalPath(new URL('https://example.com/a/?p=3&x=1#z'))).toBe('/a?p=3');
		expect(canonicalPath(new URL('javascript:alert(1)'))).toBe('/alert(1)');
	});

	it('keeps the parameters that the site names', () => {
		const url = '/shop?id=3&p=1&Größe=4&utm_source=x';
		expect(canonicalPath(url, { keepParams: [] })).toBe('/shop');
		expect(canonicalPath(url, { keepParams: ['id', 'Größe'] })).toBe(
			'/shop?Gr%C3%B6%C3%9Fe=4&id=3'
		);
	});

	it('is at most 2,048 characters long and cuts no encoded character in half', () => {
		const long = canonicalPath(`/${'é'.repeat(3000)}`);
		expect(long.length).toBeLessThanOrEqual(2048);
		expect(long).toMatch(/^\/(%[0-9A-F]{2})+$/);
		expect(canonicalPath(`/a?p=${'x'.repeat(3000)}`)).toBe('/a');
		expect(canonicalPath(`/${'a'.repeat(2046)}/b`)).toHaveLength(2047);
	});

	const hostile = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 60 }),
		fc
			.array(
				fc.constantFrom(
					...[
						'/',
						'//',
						'.',
						'..',
						'index.html',
						'%',
						'%2',
						'%2e',
						'%2F',
						'%00',
						'%25',
						'41',
						'p=',
						'?'
					],
					...['&', '=', '+', '#', '\\', ':', 'http://h', '\u0000', '\ud800', 'é', ' ', '%C3', 'a']
				),
				{ maxLength: 14 }
			)
			.map((parts) => parts.join('')),
		fc
			.array(fc.constantFrom('/.', '/..', '/index.html', '%41', 'é', '/', 'a'.repeat(500)), {
				maxLength: 40
			})
			.map((parts) => `/${parts.join('')}`)
	);

	it('is idempotent, bounded and ASCII whatever it is given', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const path = canonicalPath(text);
				expect(path).toMatch(/^\/[!-~]*$/);
				expect(path.length).toBeLessThanOrEqual(2048);
				expect(canonicalPath(path)).toBe(path);
			}),
			{ numRuns: 3000 }
		);
	});

	it('gives a URL and its text the same path', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
				expect(canonicalPath(new URL(text))).toBe(canonicalPath(text));
			})
		);
	});
});
