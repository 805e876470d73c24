import type { Post } from '../post.ts';
import { foldPage } from './fold-page.ts';
import type { IdentityChange } from './identity-change.ts';
import { postGroups } from './post-groups.ts';
import type { SiteRules } from './site-rules.ts';
import { shownNames, unifyNames, type ShownNames } from './unify-names.ts';

/** A post as one or more listed posts make it. */
export interface ResolvedPost {
	readonly post: Post;
	/** The listed posts, the one whose number and path it has first. */
	readonly members: readonly Post[];
}

export interface ResolvedCatalogue {
	/** By their numbers. */
	readonly posts: readonly ResolvedPost[];
	readonly topics: ShownNames;
	readonly authors: ShownNames;
}

/**
 * The catalogue as reports know it, from posts as they are listed and what was decided about them. Nothing but its
 * arguments decides, so that undoing a change gives exactly what was there before. `listed` is ordered by number.
 */
export function resolveCatalogue(
	listed: readonly Post[],
	changes: readonly IdentityChange[],
	rules: SiteRules
): ResolvedCatalogue {
	const { rootOf } = postGroups(listed, changes, rules);
	const groups = new Map<number, Post[]>();
	for (const post of listed) {
		const root = rootOf(post.id);
		const members = groups.get(root) ?? [];
		if (post.id === root) members.unshift(post);
		else members.push(post);
		groups.set(root, members);
	}
	const owner = new Map<string, number>();
	for (const { id, path } of listed) owner.set(foldPage(path, rules), rootOf(id));
	const merged = [...groups]
		.sort(([a], [b]) => a - b)
		.flatMap(([root, members]) => {
			const [first, ...others] = members;
			if (first === undefined) return [];
			const paths = [
				...first.formerPaths,
				...others.flatMap((post) => [post.path, ...post.formerPaths])
			];
			const formerPaths = [...new Set(paths)].filter((path) => {
				const page = foldPage(path, rules);
				if (!owner.has(page)) owner.set(page, root);
				return owner.get(page) === root && path !== first.path;
			});
			return [{ post: { ...others.reduce(filled, first), formerPaths }, members }];
		});
	const lists = (field: 'topics' | 'authors') => merged.map(({ post }) => post[field]);
	const topics = unifyNames('topic', lists('topics'), rules.topics, changes);
	const authors = unifyNames('author', lists('authors'), 'keep', changes);
	return {
		topics,
		authors,
		posts: merged.map(({ post, members }) => ({
			members,
			post: {
				...post,
				topics: shownNames(post.topics, topics),
				authors: shownNames(post.authors, authors)
			}
		}))
	};
}

/** What a post does not say comes from the one merged into it. A title that is a path says nothing. */
function filled(post: Post, other: Post): Post {
	return {
		...post,
		title: post.title === post.path && other.title !== other.path ? other.title : post.title,
		authors: post.authors.length > 0 ? post.authors : other.authors,
		topics: post.topics.length > 0 ? post.topics : other.topics,
		publishedAt: post.publishedAt ?? other.publishedAt,
		wordCount: post.wordCount ?? other.wordCount,
		commentCount: post.commentCount ?? other.commentCount
	};
}
