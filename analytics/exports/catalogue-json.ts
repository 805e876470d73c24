import type { Post } from '../posts/post.ts';

/** Posts as the JSON that `posts sync` reads. */
export function catalogueJson(posts: readonly Post[]): string {
	const entries = posts.map((post) => ({
		path: post.path,
		former_paths: post.formerPaths,
		title: post.title,
		authors: post.authors,
		topics: post.topics,
		...(post.publishedAt === null
			? {}
			: { published_at: new Date(post.publishedAt).toISOString() }),
		...(post.wordCount === null ? {} : { word_count: post.wordCount }),
		...(post.commentCount === null ? {} : { comment_count: post.commentCount })
	}));
	return `${JSON.stringify(entries, null, '\t')}\n`;
}
