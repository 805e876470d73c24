import type { NameChange } from './identity-change.ts';
import type { ResolvedCatalogue } from './resolve-catalogue.ts';

/** A topic or an author as reports show it. */
export interface ShownName {
	readonly name: string;
	readonly posts: number;
	/** What sources call it. */
	readonly said: readonly string[];
}

/** The topics or authors of a site, those of most posts first. */
export function namesOf(
	{ posts, topics, authors }: ResolvedCatalogue,
	kind: NameChange['kind']
): readonly ShownName[] {
	const counts = new Map<string, number>();
	for (const { post } of posts)
		for (const name of kind === 'topic' ? post.topics : post.authors)
			counts.set(name, (counts.get(name) ?? 0) + 1);
	const said = Map.groupBy(kind === 'topic' ? topics : authors, ([, name]) => name);
	return [...counts]
		.map(([name, count]) => ({
			name,
			posts: count,
			said: (said.get(name) ?? []).map(([each]) => each).sort()
		}))
		.sort((a, b) => b.posts - a.posts || (a.name < b.name ? -1 : 1));
}
