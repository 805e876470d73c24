import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { foldPage } from '../posts/identity/fold-page.ts';
import { holds, type IdentityChange, type NameChange } from '../posts/identity/identity-change.ts';
import { postGroups } from '../posts/identity/post-groups.ts';
import { resolveCatalogue, type ResolvedCatalogue } from '../posts/identity/resolve-catalogue.ts';
import type { SiteRules } from '../posts/identity/site-rules.ts';
import type { Post, PostInput } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import type { PostSource, StatedPost } from '../posts/stated-post.ts';
import { atomically } from './atomically.ts';
import { openIdentityChanges, type ChangeDetails } from './identity-changes.ts';
import {
	openPostFields,
	type PostField,
	type PostFieldValues,
	type PostStatement,
	type Provenance,
	type StatedField
} from './post-fields.ts';

export interface PutSummary {
	readonly added: number;
	readonly updated: number;
	readonly unchanged: number;
}

/** A listed post and all that was said of it. */
export interface WrittenPost {
	readonly id: number;
	readonly path: string;
	readonly formerPaths: readonly string[];
	readonly statements: readonly PostStatement[];
}

/** A catalogue with everything that it follows from. */
export interface WrittenCatalogue {
	readonly posts: readonly WrittenPost[];
	readonly changes: readonly (ChangeDetails & Pick<IdentityChange, 'madeAt' | 'undoneAt'>)[];
	readonly rules: SiteRules;
}

/** The posts of sites: as sources list them, and as what was decided about them makes them. */
export interface Catalogue {
	/** As reports show them. */
	readonly posts: (site: Site) => readonly Post[];
	/** The same with the listed posts and names behind each. */
	readonly resolved: (site: Site) => ResolvedCatalogue;
	readonly putPosts: (site: Site, posts: readonly PostInput[]) => PutSummary;
	readonly putStated: (site: Site, posts: readonly StatedPost[]) => PutSummary;
	readonly provenance: (post: Post) => Provenance;
	/** What each source says of each field of a post and of those merged into it, the first in precedence first. */
	readonly stated: (post: Pick<Post, 'id'>) => readonly StatedField[];
	/** What sources and people say of a post, and of those merged into it. */
	readonly statements: (site: Site, post: number) => readonly PostStatement[];
	/** Sets fields by hand. @throws Failure `not_found` */
	readonly editPost: (site: Site, post: number, values: Partial<PostFieldValues>) => void;
	/** Takes edits by hand back. @throws Failure `not_found` */
	readonly takeBack: (site: Site, post: number, fields: readonly PostField[]) => void;
	/** @throws Failure `not_found`, `bad_argument` */
	readonly mergePosts: (site: Site, post: number, other: number, at: number) => number;
	/** @throws Failure `not_found`, `bad_argument` */
	readonly splitPost: (site: Site, post: number, path: string, at: number) => number;
	/** @throws Failure `bad_argument` where there is no such name or it is its own. */
	readonly renameName: (
		site: Site,
		kind: NameChange['kind'],
		from: string,
		to: string,
		at: number
	) => number;
	/** @throws Failure `not_found`, `bad_argument` */
	readonly undoChange: (site: Site, id: number, at: number) => void;
	readonly changes: (site: Site) => readonly IdentityChange[];
	readonly rules: (site: Pick<Site, 'id'>) => SiteRules;
	readonly setRules: (site: Site, rules: Partial<SiteRules>) => void;
	readonly write: (site: Site) => WrittenCatalogue;
	/** Reads such a catalogue into a site that has none; its posts get numbers of their own. Returns these by the written ones. */
	readonly read: (site: Site, written: WrittenCatalogue) => ReadonlyMap<number, number>;
}

const idRow = z.object({ id: z.number() });
const siteIdRow = z.object({ site_id: z.number() });
const texts = z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json)));
const postRow = z
	.object({
		id: z.number(),
		path: z.string(),
		former_paths: texts,
		title: z.string(),
		authors: texts,
		topics: texts,
		published_at: z.number().nullable(),
		word_count: z.number().nullable(),
		comment_count: z.number().nullable()
	})
	.transform((row): Post => ({
		id: row.id,
		path: row.path,
		formerPaths: row.former_paths,
		title: row.title,
		authors: row.authors,
		topics: row.topics,
		publishedAt: row.published_at,
		wordCount: row.word_count,
		commentCount: row.comment_count
	}));

export function openCatalogue(database: DatabaseSync, now: () => number = Date.now): Catalogue {
	const fields = openPostFields(database);
	const identity = openIdentityChanges(database);
	const selectPosts = database.prepare('select * from posts where site_id = ? order by id');
	const selectSite = database.prepare('select site_id from posts where id = ?');
	const insertPost = database.prepare(
		`insert into posts (site_id, path, former_paths, title, authors, topics, published_at, word_count, comment_count)
		 values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`
	);
	const updatePost = database.prepare(
		`update posts set path = ?, former_paths = ?, title = ?, authors = ?, topics = ?, published_at = ?,
		 word_count = ?, comment_count = ? where id = ?`
	);
	const deletePost = database.prepare('delete from posts where id = ?');

	const listed = (site: number): readonly Post[] => z.array(postRow).parse(selectPosts.all(site));
	const resolved = ({ id }: Pick<Site, 'id'>): ResolvedCatalogue =>
		resolveCatalogue(listed(id), identity.list(id), identity.rules(id));
	const insertAt = (site: number, path: string): number =>
		idRow.parse(insertPost.get(site, path, '[]', path, '[]', '[]', null, null, null)).id;

	function put(site: Site, stated: readonly StatedPost[]): PutSummary {
		const rules = identity.rules(site.id);
		const keyOf = (path: string): string => foldPage(path, rules);
		const first = listed(site.id);
		const known = new Map(first.map((post) => [post.id, post]));
		const own = new Map(first.map((post) => [keyOf(post.path), post.id]));
		const former = new Map(
			first.flatMap((post) => post.formerPaths.map((path) => [keyOf(path), post.id] as const))
		);
		const ownerOf = (path: string): number | undefined =>
			own.get(keyOf(path)) ?? former.get(keyOf(path));
		const groups = postGroups(first, identity.list(site.id), rules);
		const guids = fields.guids(site.id);
		const listedHere = new Set(stated.map(({ path }) => keyOf(path)));
		const doubtful = repeated(stated.map(guidOf));
		/** Posts that are listed here under paths of their own are not one post, whatever else is said of them. */
		const isListedElsewhere = (id: number, path: string): boolean => {
			const key = keyOf(known.get(id)?.path ?? path);
			return key !== keyOf(path) && listedHere.has(key);
		};
		const isOwnPathOf = (id: number, paths: readonly string[]): boolean =>
			paths.some((path) => own.get(keyOf(path)) === id);
		const summary = { added: 0, updated: 0, unchanged: 0 };
		for (const input of stated) {
			const guid = guidOf(input);
			const isSure = guid !== undefined && !doubtful.has(guid);
			const evidence = [
				...input.formerPaths.map((path) => ({ id: ownerOf(path), reason: 'path' as const })),
				{ id: isSure ? guids.get(guid) : undefined, reason: 'guid' as const }
			].flatMap(({ id, reason }) =>
				id === undefined || isListedElsewhere(id, input.path) ? [] : [{ id, reason }]
			);
			const id = ownerOf(input.path) ?? evidence[0]?.id;
			const before = id === undefined ? undefined : known.get(id);
			// A former path stays one, whoever still names it; of two spellings of one page the first stays.
			const isKnown =
				before !== undefined &&
				[before.path, ...before.formerPaths].some((path) => keyOf(path) === keyOf(input.path));
			const path = isKnown ? before.path : input.path;
			const formerPaths = [
				...new Set([
					...(before === undefined ? [] : [before.path, ...before.formerPaths]),
					...input.formerPaths.filter((each) => (ownerOf(each) ?? id) === id)
				])
			].filter((each) => each !== path);
			const postId = before?.id ?? insertAt(site.id, path);
			fields.put(postId, input);
			const shown: PostInput = { path, formerPaths, ...fields.shown(postId, path) };
			// A path that another post had once says where it led, not that the two are one.
			const merges = evidence.filter(
				(other) =>
					(other.reason === 'guid' || isOwnPathOf(other.id, input.formerPaths)) &&
					groups.rootOf(other.id) !== groups.rootOf(postId) &&
					!groups.areApart(other.id, postId)
			);
			for (const { id: other, reason } of merges) {
				const pair = { post: groups.rootOf(postId), other: groups.rootOf(other) };
				if (pair.post === pair.other) continue;
				identity.add(site.id, { kind: 'merge', ...pair, reason }, now());
				groups.join(pair.post, pair.other);
			}
			if (before !== undefined && merges.length === 0 && isSame(before, shown))
				summary.unchanged += 1;
			else {
				updatePost.run(...valuesOf(shown), postId);
				summary[before === undefined ? 'added' : 'updated'] += 1;
			}
			if (before !== undefined && before.path !== path) own.delete(keyOf(before.path));
			known.set(postId, { id: postId, ...shown });
			own.set(keyOf(path), postId);
			for (const each of formerPaths) former.set(keyOf(each), postId);
			if (guid !== undefined) guids.set(guid, postId);
		}
		return summary;
	}

	/** Writes what a listed post shows after what is said of it has changed. */
	function refresh(site: number, id: number): void {
		const post = listed(site).find((each) => each.id === id);
		if (post === undefined) return;
		const { path, formerPaths } = post;
		updatePost.run(...valuesOf({ path, formerPaths, ...fields.shown(id, path) }), id);
	}

	function shownPost(site: Site, id: number) {
		const found = resolved(site).posts.find(({ post }) => post.id === id);
		if (found === undefined)
			throw new Failure('not_found', `There is no post ${id} on ${site.domain}.`);
		return found;
	}

	/** The listed post with a number, and those merged into it. */
	function membersOf(site: number, id: number): readonly Post[] {
		return resolved({ id: site }).posts.find(({ post }) => post.id === id)?.members ?? [];
	}

	/** The same where only the number is known. */
	function membersWith(id: number): readonly Post[] {
		const row = selectSite.get(id);
		return row === undefined ? [] : membersOf(siteIdRow.parse(row).site_id, id);
	}

	function undoSplit(site: Site, other: number): void {
		const { members } = shownPost(site, other);
		const isMerged = members.length > 1;
		if (isMerged)
			throw new Failure(
				'bad_argument',
				`Post ${other} has been merged since; undo that merge first.`
			);
		if (fields.statements(other).some(({ source }) => source === 'edit'))
			throw new Failure(
				'bad_argument',
				`Post ${other} was edited by hand since; take the edits back first.`
			);
		fields.forget(other);
		deletePost.run(other);
	}

	const putStated = (site: Site, stated: readonly StatedPost[]): PutSummary =>
		atomically(database, () => put(site, stated));

	return {
		posts: (site) => resolved(site).posts.map(({ post }) => post),
		resolved,
		putPosts: (site, inputs) => putStated(site, inputs.map(fromFile)),
		putStated,
		provenance: ({ id }) =>
			membersWith(id).reduceRight<Provenance>(
				(said, member) => ({ ...said, ...fields.provenance(member.id) }),
				{}
			),
		stated: ({ id }) => {
			const said = new Map<string, StatedField>();
			for (const each of membersWith(id).flatMap((member) => fields.stated(member.id))) {
				const key = `${each.field} ${each.source}`;
				if (!said.has(key)) said.set(key, each);
			}
			return [...said.values()];
		},
		statements: (site, id) =>
			membersOf(site.id, id).flatMap((member) => fields.statements(member.id)),
		editPost: (site, id, values) =>
			atomically(database, () => {
				shownPost(site, id);
				fields.edit(id, values);
				refresh(site.id, id);
			}),
		takeBack: (site, id, names) =>
			atomically(database, () => {
				shownPost(site, id);
				for (const name of names) fields.takeBack(id, name);
				refresh(site.id, id);
			}),
		mergePosts: (site, post, other, at) =>
			atomically(database, () => {
				if (post === other)
					throw new Failure('bad_argument', 'A post cannot be merged with itself.');
				shownPost(site, post);
				shownPost(site, other);
				return identity.add(site.id, { kind: 'merge', post, other, reason: 'hand' }, at);
			}),
		splitPost: (site, id, path, at) =>
			atomically(database, () => {
				const { post, members } = shownPost(site, id);
				if (!post.formerPaths.includes(path))
					throw new Failure(
						'bad_argument',
						`${path} is no former path of post ${id}${post.formerPaths.length === 0 ? '' : `; it has ${post.formerPaths.join(', ')}`}.`
					);
				const merged = members.find((member) => member.path === path);
				if (merged !== undefined)
					throw new Failure(
						'bad_argument',
						`${path} is a post that was merged into post ${id}; undo that merge.`
					);
				const other = insertAt(site.id, path);
				return identity.add(site.id, { kind: 'split', post: id, other, path }, at);
			}),
		renameName: (site, kind, from, to, at) =>
			atomically(database, () => {
				const { topics, authors } = resolved(site);
				const known = new Set((kind === 'topic' ? topics : authors).values());
				if (!known.has(from)) throw new Failure('bad_argument', `There is no ${kind} "${from}".`);
				if (from === to)
					throw new Failure('bad_argument', `The ${kind} is called "${from}" already.`);
				return identity.add(site.id, { kind, from, to }, at);
			}),
		undoChange: (site, id, at) =>
			atomically(database, () => {
				const change = identity.list(site.id).find((each) => each.id === id);
				if (change === undefined)
					throw new Failure('not_found', `There is no change ${id} on ${site.domain}.`);
				if (!holds(change))
					throw new Failure('bad_argument', `Change ${id} has been undone already.`);
				if (change.kind === 'split') undoSplit(site, change.other);
				identity.undo(id, at);
			}),
		changes: (site) => identity.list(site.id),
		rules: (site) => identity.rules(site.id),
		setRules: (site, rules) => {
			identity.setRules(site.id, { ...identity.rules(site.id), ...rules });
		},
		write: (site) => ({
			posts: listed(site.id).map(({ id, path, formerPaths }) => ({
				id,
				path,
				formerPaths,
				statements: fields.statements(id)
			})),
			changes: identity.list(site.id).map(({ id: _, ...change }) => change),
			rules: identity.rules(site.id)
		}),
		read: (site, { posts, changes, rules }) =>
			atomically(database, () => {
				const ids = new Map<number, number>();
				for (const { id: written, path, formerPaths, statements } of posts) {
					const id = insertAt(site.id, path);
					ids.set(written, id);
					for (const statement of statements) fields.restore(id, statement);
					updatePost.run(...valuesOf({ path, formerPaths, ...fields.shown(id, path) }), id);
				}
				for (const { madeAt, undoneAt, ...change } of changes) {
					const moved = movedTo(change, ids);
					if (moved !== null) identity.add(site.id, moved, madeAt, undoneAt);
				}
				identity.setRules(site.id, rules);
				return ids;
			})
	};
}

/** A change with the numbers that posts have here; an undone split names a post that is gone. */
function movedTo(change: ChangeDetails, ids: ReadonlyMap<number, number>): ChangeDetails | null {
	if ('from' in change) return change;
	const [post, other] = [ids.get(change.post), ids.get(change.other)];
	return post === undefined || other === undefined ? null : { ...change, post, other };
}

function guidOf({ source, guid }: StatedPost): string | undefined {
	return guid === undefined ? undefined : `${source} ${guid}`;
}

function repeated(values: readonly (string | undefined)[]): ReadonlySet<string> {
	const seen = new Set<string>();
	const twice = new Set<string>();
	for (const value of values) {
		if (value === undefined) continue;
		if (seen.has(value)) twice.add(value);
		seen.add(value);
	}
	return twice;
}

function fromFile(input: PostInput): StatedPost {
	return { ...input, source: 'file' satisfies PostSource };
}

function valuesOf(post: PostInput) {
	return [
		post.path,
		JSON.stringify(post.formerPaths),
		post.title,
		JSON.stringify(post.authors),
		JSON.stringify(post.topics),
		post.publishedAt,
		post.wordCount,
		post.commentCount
	] as const;
}

function isSame(post: Post, input: PostInput): boolean {
	const { id: _, ...rest } = post;
	return (
		JSON.stringify(Object.entries(rest).sort()) === JSON.stringify(Object.entries(input).sort())
	);
}
