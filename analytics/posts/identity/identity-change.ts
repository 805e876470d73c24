/** What decided a merge: a person, a former path, or what a source calls the post. */
export const MERGE_REASONS = ['hand', 'path', 'guid'] as const;

export type MergeReason = (typeof MERGE_REASONS)[number];

interface Recorded {
	readonly id: number;
	/** Epoch milliseconds. */
	readonly madeAt: number;
	/** When it was taken back; null while it holds. */
	readonly undoneAt: number | null;
}

/** `other` is shown as `post` from then on. */
export interface PostMerge extends Recorded {
	readonly kind: 'merge';
	readonly post: number;
	readonly other: number;
	readonly reason: MergeReason;
}

/** `path`, a former path of `post`, became the post `other`. */
export interface PostSplit extends Recorded {
	readonly kind: 'split';
	readonly post: number;
	readonly other: number;
	readonly path: string;
}

/** A topic or author is shown under another name, which may be that of another one. */
export interface NameChange extends Recorded {
	readonly kind: 'topic' | 'author';
	readonly from: string;
	readonly to: string;
}

/** A decision about which posts, topics and authors are the same. What sources said is kept, so each can be undone. */
export type IdentityChange = PostMerge | PostSplit | NameChange;

export function holds({ undoneAt }: IdentityChange): boolean {
	return undoneAt === null;
}
