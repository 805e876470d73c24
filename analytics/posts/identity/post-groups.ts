import { foldPage } from './fold-page.ts';
import { holds, type IdentityChange } from './identity-change.ts';
import type { PageRules } from './site-rules.ts';

interface ListedPath {
	readonly id: number;
	readonly path: string;
}

/** Which listed posts are one post. */
export interface PostGroups {
	/** The post that is shown for a listed one. */
	readonly rootOf: (id: number) => number;
	/** Shows one from now on as the other. */
	readonly join: (root: number, other: number) => void;
	/** Whether somebody decided that two are not the same: by a split, or by undoing a merge. */
	readonly areApart: (a: number, b: number) => boolean;
}

/** Groups posts as merges say, then those whose paths are one page by the site's rules. */
export function postGroups(
	listed: readonly ListedPath[],
	changes: readonly IdentityChange[],
	rules: PageRules
): PostGroups {
	const parents = new Map<number, number>();
	const rootOf = (id: number): number => {
		let root = id;
		for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
		return root;
	};
	const join = (root: number, other: number): void => {
		const [kept, joined] = [rootOf(root), rootOf(other)];
		if (kept !== joined) parents.set(joined, kept);
	};
	for (const change of changes)
		if (change.kind === 'merge' && holds(change)) join(change.post, change.other);
	const byPage = new Map<string, number>();
	for (const { id, path } of listed) {
		const page = foldPage(path, rules);
		const known = byPage.get(page);
		if (known === undefined) byPage.set(page, id);
		else join(Math.min(rootOf(known), rootOf(id)), Math.max(rootOf(known), rootOf(id)));
	}
	const pairs = changes
		.filter((change) => change.kind === 'merge' || change.kind === 'split')
		.filter((change) => (change.kind === 'merge') !== holds(change));
	return {
		rootOf,
		join,
		areApart: (a, b) =>
			pairs.some(({ post, other }) => {
				const [first, second] = [rootOf(post), rootOf(other)];
				const [left, right] = [rootOf(a), rootOf(b)];
				return (first === left && second === right) || (first === right && second === left);
			})
	};
}
