import type { Post } from '../posts/post.ts';
import { reportCsv } from './csv.ts';

const COLUMNS = [
	'path',
	'former_paths',
	'title',
	'authors',
	'topics',
	'published_at',
	'word_count',
	'comment_count'
] as const;

/** Posts as CSV for a spreadsheet, by the columns that `posts sync` knows; text that looks like a formula is marked. */
export function catalogueCsv(posts: readonly Post[]): Generator<string, undefined> {
	return reportCsv({
		columns: COLUMNS.map((id) => ({ id })),
		rows: posts.map((post) => ({
			path: post.path,
			former_paths: post.formerPaths,
			title: post.title,
			authors: post.authors,
			topics: post.topics,
			published_at: post.publishedAt === null ? null : new Date(post.publishedAt).toISOString(),
			word_count: post.wordCount,
			comment_count: post.commentCount
		}))
	});
}
