import { expect, it } from 'vitest';
import { shownNames, unifyNames } from './unify-names.ts';

const LISTS = [['SEO', 'Sales'], ['seo'], ['SEO '.trim(), 'B2B  Sales'], ['b2b sales'], ['Seo']];
const renamed = (id: number, from: string, to: string, undoneAt: number | null = null) =>
	({ kind: 'topic', id, from, to, madeAt: id, undoneAt }) as const;
const shown = (rule: 'keep' | 'fold', ...changes: ReturnType<typeof renamed>[]) => {
	const names = unifyNames('topic', LISTS, rule, changes);
	return LISTS.map((list) => shownNames(list, names));
};

it('topics that differ in case and spaces are one, by the spelling most posts use', () => {
	expect(shown('fold')).toEqual([
		['SEO', 'Sales'],
		['SEO'],
		['SEO', 'B2B  Sales'],
		['B2B  Sales'],
		['SEO']
	]);
	expect(shown('keep')).toEqual(LISTS);
});

it('a renaming takes every spelling with it, and a chosen spelling stands', () => {
	expect(shown('fold', renamed(1, 'SEO', 'seo')).flat()).not.toContain('SEO');
	expect(shown('fold', renamed(1, 'SEO', 'Search'))[4]).toEqual(['Search']);
	expect(shown('keep', renamed(1, 'SEO', 'Search'))[4]).toEqual(['Seo']);
});

it('renamings follow each other, and merging is renaming to a name there is', () => {
	expect(shown('keep', renamed(1, 'SEO', 'Sales'))[0]).toEqual(['Sales']);
	expect(shown('keep', renamed(1, 'SEO', 'A'), renamed(2, 'A', 'B'))[0]).toEqual(['B', 'Sales']);
	expect(shown('keep', renamed(1, 'SEO', 'Sales'), renamed(2, 'Sales', 'SEO'))[0]).toEqual(['SEO']);
});

it('a renaming that was undone never was', () => {
	expect(shown('fold', renamed(1, 'SEO', 'Search', 5))).toEqual(shown('fold'));
	const both = shown('keep', renamed(1, 'SEO', 'A', 5), renamed(2, 'Sales', 'B'));
	expect(both[0]).toEqual(['SEO', 'B']);
});

it('authors are not touched by what topics are called', () => {
	const names = unifyNames('author', [['SEO']], 'keep', [renamed(1, 'SEO', 'Search')]);
	expect(shownNames(['SEO'], names)).toEqual(['SEO']);
});
