import type { Filter } from '../../reports/result.ts';
import { holds, type IdentityChange, type NameChange } from './identity-change.ts';
import type { ResolvedCatalogue } from './resolve-catalogue.ts';
import type { ShownNames } from './unify-names.ts';

/** Filters as they were written once, with the posts, topics and authors that are called so now. */
export type Follow = (filters: readonly Filter[]) => readonly Filter[];

/**
 * What was kept, linked or typed before a post was merged, or a topic or author renamed, goes on to mean the same. A
 * name that is shown now means itself, whatever it meant before.
 */
export function openFollow(
	{ posts, topics, authors }: Pick<ResolvedCatalogue, 'posts' | 'topics' | 'authors'>,
	changes: readonly IdentityChange[]
): Follow {
	const roots = new Map(
		posts.flatMap(({ post, members }) => members.map(({ id }) => [id, post.id] as const))
	);
	const following = {
		post: (value: string) => [String(rootOf(Number(value), roots, changes) ?? value)],
		topic: openNames('topic', topics, changes),
		author: openNames('author', authors, changes)
	};
	return (filters) =>
		filters.map((filter) => {
			const { dimension, operator, values } = filter;
			const isNamed = operator === 'is' || operator === 'is_not';
			if (!isNamed || !(dimension === 'post' || dimension === 'topic' || dimension === 'author'))
				return filter;
			return { ...filter, values: [...new Set(values.flatMap(following[dimension]))] };
		});
}

/** The post that one is shown as; one that was split off and is no more is the post it was split from. */
function rootOf(
	id: number,
	roots: ReadonlyMap<number, number>,
	changes: readonly IdentityChange[]
): number | undefined {
	const split = changes.find((change) => change.kind === 'split' && change.other === id);
	return roots.get(id) ?? (split?.kind === 'split' ? roots.get(split.post) : undefined);
}

function openNames(
	kind: NameChange['kind'],
	said: ShownNames,
	changes: readonly IdentityChange[]
): (name: string) => readonly string[] {
	const shown = new Set(said.values());
	const renamings = changes.filter((change) => change.kind === kind);
	const now = (name: string): string | undefined => {
		const renamed = renamings.reduce(
			(called, change) =>
				'from' in change && holds(change) && change.from === called ? change.to : called,
			said.get(name) ?? name
		);
		return [said.get(name), renamed].find((each) => each !== undefined && shown.has(each));
	};
	return (name) => {
		if (shown.has(name)) return [name];
		const called = now(name);
		if (called !== undefined) return [called];
		// A name that somebody took back stands for those that had it.
		const had = renamings.flatMap((change) =>
			'from' in change && !holds(change) && change.to === name ? [change.from] : []
		);
		const back = had.flatMap((from) => (shown.has(from) ? [from] : (now(from) ?? [])));
		return back.length > 0 ? back : [name];
	};
}
