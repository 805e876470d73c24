import type { Catalogue, WrittenCatalogue } from '../../stores/catalogue.ts';
import type { PostField, PostFieldValues, PostStatement } from '../../stores/post-fields.ts';
import type { Site } from '../site.ts';
import type { Follow } from './follow.ts';
import type { IdentityChange, NameChange } from './identity-change.ts';
import type { ResolvedCatalogue } from './resolve-catalogue.ts';
import type { SiteRules } from './site-rules.ts';

/** Decides which posts, topics and authors are the same. What reports say follows before a promise is kept. */
export interface Identity {
	/** Posts with the listed posts behind each, and the names that are shown. */
	readonly resolved: (site: Site) => ResolvedCatalogue;
	/** What filters that were written once mean now. */
	readonly follow: (site: Site) => Follow;
	/** Decisions in the order in which they were made, those that were undone included. */
	readonly changes: (site: Site) => readonly IdentityChange[];
	readonly rules: (site: Site) => SiteRules;
	readonly setRules: (site: Site, rules: Partial<SiteRules>) => Promise<void>;
	/** What sources and people say of a post. */
	readonly statements: (site: Site, post: number) => readonly PostStatement[];
	/** @throws Failure `not_found` */
	readonly editPost: (site: Site, post: number, values: Partial<PostFieldValues>) => Promise<void>;
	/** @throws Failure `not_found` */
	readonly takeBack: (site: Site, post: number, fields: readonly PostField[]) => Promise<void>;
	/** Shows `other` as `post`. Returns the number of the change. @throws Failure `not_found`, `bad_argument` */
	readonly mergePosts: (site: Site, post: number, other: number) => Promise<number>;
	/** Makes a former path a post of its own. Returns the number of the change. @throws Failure `not_found`, `bad_argument` */
	readonly splitPost: (site: Site, post: number, path: string) => Promise<number>;
	/** Returns the number of the change. @throws Failure `bad_argument` */
	readonly renameName: (
		site: Site,
		kind: NameChange['kind'],
		from: string,
		to: string
	) => Promise<number>;
	/** @throws Failure `not_found`, `bad_argument` */
	readonly undo: (site: Site, change: number) => Promise<void>;
	/** The catalogue with everything that it follows from. */
	readonly write: (site: Site) => WrittenCatalogue;
	/** Reads such a catalogue into a site that has none. Returns the numbers of its posts by the written ones. */
	readonly read: (site: Site, written: WrittenCatalogue) => Promise<ReadonlyMap<number, number>>;
}

/** `stored` brings a catalogue that has changed into the event store. */
export function openIdentity(
	catalogue: Catalogue,
	stored: <T>(site: Site, change: T) => Promise<T>,
	follow: (site: Site) => Follow,
	now: () => number
): Identity {
	return {
		resolved: catalogue.resolved,
		follow,
		changes: catalogue.changes,
		rules: catalogue.rules,
		statements: catalogue.statements,
		write: catalogue.write,
		setRules: async (site, rules) => stored(site, catalogue.setRules(site, rules)),
		editPost: async (site, post, values) => stored(site, catalogue.editPost(site, post, values)),
		takeBack: async (site, post, fields) => stored(site, catalogue.takeBack(site, post, fields)),
		mergePosts: async (site, post, other) =>
			stored(site, catalogue.mergePosts(site, post, other, now())),
		splitPost: async (site, post, path) =>
			stored(site, catalogue.splitPost(site, post, path, now())),
		renameName: async (site, kind, from, to) =>
			stored(site, catalogue.renameName(site, kind, from, to, now())),
		undo: async (site, change) => stored(site, catalogue.undoChange(site, change, now())),
		read: async (site, written) => stored(site, catalogue.read(site, written))
	};
}
