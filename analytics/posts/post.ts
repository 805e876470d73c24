/** A page listed in the catalogue. */
export interface Post {
	/** Stable number within the installation, given by the store. */
	readonly id: number;
	/** Canonical path. */
	readonly path: string;
	/** Former paths whose history belongs to this post. */
	readonly formerPaths: readonly string[];
	readonly title: string;
	readonly authors: readonly string[];
	readonly topics: readonly string[];
	/** Epoch milliseconds, or null where unknown. */
	readonly publishedAt: number | null;
	/** Words of the article body, or null where unknown. */
	readonly wordCount: number | null;
	readonly commentCount: number | null;
}

/** A post as a catalogue source gives it, before the store has numbered it. */
export type PostInput = Omit<Post, 'id'>;
