import type { FilterTree } from '../../query/filter-tree.ts';
import type { Follow } from './follow.ts';

/** A tree of filters with the posts, topics and authors that are called so now. */
export function followTree(follow: Follow, tree: FilterTree): FilterTree {
	const inner = (one: FilterTree): FilterTree => followTree(follow, one);
	if ('all' in tree) return { all: tree.all.map(inner) };
	if ('any' in tree) return { any: tree.any.map(inner) };
	if ('not' in tree) return { not: inner(tree.not) };
	if ('goals' in tree) return tree;
	const { dimension, operator, values } = tree;
	if (operator !== 'is' && operator !== 'is_not') return tree;
	return {
		...tree,
		values: follow([{ dimension, operator, values }]).flatMap((now) => now.values)
	};
}
