import { expect, it } from 'vitest';
import type { Filter } from '../../reports/result.ts';
import type { IdentityChange } from './identity-change.ts';
import { openFollow } from './follow.ts';
import { resolveCatalogue } from './resolve-catalogue.ts';
import { NO_RULES } from './site-rules.ts';

const post = (id: number, topics: readonly string[], authors: readonly string[] = ['Ada']) => ({
	id,
	path: `/${id}`,
	formerPaths: [],
	title: `Post ${id}`,
	authors,
	topics,
	publishedAt: null,
	wordCount: null,
	commentCount: null
});
const POSTS = [post(1, ['SEO', 'Tea']), post(2, ['seo']), post(3, ['Sales'], ['J. Doe'])];

let made = 0;
const recorded = (undoneAt: number | null = null) => ({ id: (made += 1), madeAt: made, undoneAt });
const renamed = (from: string, to: string, undoneAt: number | null = null): IdentityChange => ({
	kind: 'topic',
	from,
	to,
	...recorded(undoneAt)
});
const merged = (post: number, other: number, undoneAt: number | null = null): IdentityChange => ({
	kind: 'merge',
	post,
	other,
	reason: 'hand',
	...recorded(undoneAt)
});

function followed(filter: Filter, changes: readonly IdentityChange[], rules = NO_RULES) {
	return openFollow(resolveCatalogue(POSTS, changes, rules), changes)([filter])[0]?.values;
}
const topic = (...values: readonly string[]): Filter => ({
	dimension: 'topic',
	operator: 'is',
	values
});

it.each<[string, readonly string[], readonly IdentityChange[], readonly string[]]>([
	['a name that nobody changed stays', ['Tea'], [], ['Tea']],
	['a name that nobody knows stays', ['Coffee'], [], ['Coffee']],
	['a renamed topic', ['SEO'], [renamed('SEO', 'Search')], ['Search']],
	[
		'a topic renamed twice, kept between',
		['Search'],
		[renamed('SEO', 'Search'), renamed('Search', 'Finding')],
		['Finding']
	],
	[
		'a topic renamed twice, kept before',
		['SEO'],
		[renamed('SEO', 'Search'), renamed('Search', 'Finding')],
		['Finding']
	],
	['two that became one', ['SEO', 'seo'], [renamed('seo', 'SEO')], ['SEO']],
	['a renaming that was taken back', ['SEO'], [renamed('SEO', 'Search', 9)], ['SEO']],
	['its name, kept before that', ['Search'], [renamed('SEO', 'Search', 9)], ['SEO']],
	[
		'the name of two that are apart again',
		['Search'],
		[renamed('SEO', 'Search', 9), renamed('seo', 'Search', 9)],
		['SEO', 'seo']
	],
	[
		'a name that is another topic by now means that one',
		['SEO'],
		[renamed('SEO', 'Search'), renamed('Tea', 'SEO')],
		['SEO']
	]
])('%s', (_, values, changes, wanted) => {
	expect(followed(topic(...values), changes)).toEqual(wanted);
});

it('spellings that fold follow to the one that is shown', () => {
	expect(followed(topic('seo'), [], { ...NO_RULES, topics: 'fold' })).toEqual(['SEO']);
});

it('authors follow as topics do, and only by their own renamings', () => {
	const author: Filter = { dimension: 'author', operator: 'is_not', values: ['J. Doe', 'SEO'] };
	const changes: readonly IdentityChange[] = [
		{ kind: 'author', from: 'J. Doe', to: 'Jo', ...recorded() },
		renamed('SEO', 'Search')
	];
	expect(followed(author, changes)).toEqual(['Jo', 'SEO']);
});

it('posts follow a merge, and are themselves again once it is undone', () => {
	const filter: Filter = { dimension: 'post', operator: 'is', values: ['2', '3', '99'] };
	expect(followed(filter, [merged(1, 2)])).toEqual(['1', '3', '99']);
	expect(followed(filter, [merged(1, 2), merged(1, 3)])).toEqual(['1', '99']);
	expect(followed(filter, [merged(1, 2, 5)])).toEqual(['2', '3', '99']);
});

it('a split that was undone leads back to the post that it was split from', () => {
	const split: IdentityChange = { kind: 'split', post: 2, other: 7, path: '/old', ...recorded(5) };
	const filter: Filter = { dimension: 'post', operator: 'is', values: ['7'] };
	expect(followed(filter, [split])).toEqual(['2']);
});

it('leaves texts and other dimensions as they are', () => {
	const contains: Filter = { dimension: 'topic', operator: 'contains', values: ['SEO'] };
	const page: Filter = { dimension: 'page', operator: 'is', values: ['SEO'] };
	for (const filter of [contains, page])
		expect(followed(filter, [renamed('SEO', 'Search')])).toEqual(['SEO']);
});
