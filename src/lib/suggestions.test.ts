import { expect, test } from 'vitest';
import { suggestionsHref } from './suggestions.ts';

const url = new URL(
	'http://localhost/blog.example/topics/Selling?period=7d&sort=-reads&q=x&page=2&filter=country%3Ais%3ADE&filter=device%3Ais%3Amobile'
);
const paramsOf = (href: string): URLSearchParams => new URL(href, url).searchParams;

test('values are suggested in the period, under the other filters and the screen’s own', () => {
	const params = paramsOf(
		suggestionsHref(url, {
			site: 'blog.example',
			dimensions: ['country'],
			text: 'ge',
			limit: 10,
			without: 0,
			scope: 'topic:is:Selling'
		})
	);
	expect([...params]).toEqual([
		['site', 'blog.example'],
		['dimension', 'country'],
		['period', '7d'],
		['filter', 'device:is:mobile'],
		['filter', 'topic:is:Selling'],
		['q', 'ge'],
		['limit', '10']
	]);
});

test('a new filter stands beside all of them', () => {
	const asked = { site: 'blog.example', dimensions: ['os', 'post'], text: '', limit: 5 } as const;
	const params = paramsOf(suggestionsHref(url, { ...asked, without: null }));
	expect(params.getAll('filter')).toEqual(['country:is:DE', 'device:is:mobile']);
	expect(params.get('dimension')).toBe('os,post');
});
