import type { PostInput } from './post.ts';

/** Who may say something of a post, the first in precedence first: what a person set, a file, the blog's own programme, its feed, its pages. */
export const POST_SOURCES = ['edit', 'file', 'wordpress', 'ghost', 'feed', 'page'] as const;

export type PostSource = (typeof POST_SOURCES)[number];

/** What one source says of one post; an empty title or list and null say nothing. */
export interface StatedPost extends PostInput {
	readonly source: PostSource;
	/** What the source calls the post whatever its path. */
	readonly guid?: string | undefined;
}
