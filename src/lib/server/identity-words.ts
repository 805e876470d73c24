import type { Site } from '#analytics';
import type { IdentityChange } from '#analytics/server';
import { engine } from '#lib/server/engine.ts';

/** A decision about what is the same, in words. */
export interface ChangeView {
	readonly id: number;
	readonly text: string;
	/** ISO 8601. */
	readonly madeAt: string;
	readonly undoneAt: string | null;
	/** The post that it is about, where it is about one that is shown. */
	readonly post: number | null;
}

/** The decisions of a site, the newest first. */
export function changeViews(
	site: Site,
	isWanted: (change: IdentityChange) => boolean
): readonly ChangeView[] {
	const { identity } = engine();
	const members = identity.resolved(site).posts.flatMap((each) => each.members);
	const paths = new Map(members.map(({ id, path }) => [id, path]));
	const nameOf = (id: number): string => paths.get(id) ?? `post ${id}`;
	const shown = new Set(
		engine()
			.posts(site)
			.map(({ id }) => id)
	);
	return identity
		.changes(site)
		.filter(isWanted)
		.map((change) => ({
			id: change.id,
			text: wordsOf(change, nameOf),
			madeAt: new Date(change.madeAt).toISOString(),
			undoneAt: change.undoneAt === null ? null : new Date(change.undoneAt).toISOString(),
			post: 'post' in change && shown.has(change.post) ? change.post : null
		}))
		.reverse();
}

function wordsOf(change: IdentityChange, nameOf: (id: number) => string): string {
	switch (change.kind) {
		case 'merge':
			return `${nameOf(change.other)} merged into ${nameOf(change.post)}${
				change.reason === 'path'
					? ', which names it as its former path'
					: change.reason === 'guid'
						? ', which its feed calls the same post'
						: ''
			}`;
		case 'split':
			return `${change.path} split from ${nameOf(change.post)}`;
		case 'topic':
			return `Topic “${change.from}” renamed to “${change.to}”`;
		case 'author':
			return `Author “${change.from}” renamed to “${change.to}”`;
	}
}
