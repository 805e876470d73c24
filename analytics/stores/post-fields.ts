import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { PostInput } from '../posts/post.ts';
import { POST_SOURCES, type PostSource, type StatedPost } from '../posts/stated-post.ts';

export type PostFieldValues = Omit<PostInput, 'path' | 'formerPaths'>;
/** The name of a field that sources and people fill. */
export type PostField = keyof PostFieldValues;

/** What one source says of one field; the value as JSON. */
export type PostStatement = Readonly<z.infer<typeof postStatement>>;

/** The source of each field that has one. */
export type Provenance = Readonly<Partial<Record<PostField, PostSource>>>;

/** What one source says of one field. */
export interface StatedField {
	readonly field: PostField;
	readonly source: PostSource;
	readonly value: unknown;
}

export interface PostFields {
	/** Replaces what the source said of the post; an edit only adds to what was edited before. */
	readonly put: (post: number, stated: StatedPost) => void;
	/** What the first source in precedence says, field by field. */
	readonly shown: (post: number, path: string) => PostFieldValues;
	readonly provenance: (post: number) => Provenance;
	/** What a person sets, an empty value included. */
	readonly edit: (post: number, values: Partial<PostFieldValues>) => void;
	/** Forgets what a person set. */
	readonly takeBack: (post: number, field: PostField) => void;
	/** Everything that sources say of a post, as it is kept. */
	readonly statements: (post: number) => readonly PostStatement[];
	/** Writes such a statement as it is. */
	readonly restore: (post: number, statement: PostStatement) => void;
	/** Forgets everything of a post. */
	readonly forget: (post: number) => void;
	/** What each source says, the first in precedence first. */
	readonly stated: (post: number) => readonly StatedField[];
	/** Posts of a site by source and what that source calls them. */
	readonly guids: (site: number) => Map<string, number>;
}

const FIELDS = z
	.object({
		title: z.string(),
		authors: z.array(z.string()),
		topics: z.array(z.string()),
		publishedAt: z.number().nullable(),
		wordCount: z.number().nullable(),
		commentCount: z.number().nullable()
	})
	.partial();
/** A statement as it is kept. */
export const postStatement = z.object({
	field: z.enum(['title', 'authors', 'topics', 'publishedAt', 'wordCount', 'commentCount', 'guid']),
	source: z.enum(POST_SOURCES),
	value: z.string()
});
const fieldRow = z.object({
	field: z.enum(['title', 'authors', 'topics', 'publishedAt', 'wordCount', 'commentCount']),
	source: z.enum(POST_SOURCES),
	value: z.string().transform((json): unknown => JSON.parse(json))
});
const guidRow = z.object({ post_id: z.number(), source: z.string(), value: z.string() });

/** What each source says of each post. */
export function openPostFields(database: DatabaseSync): PostFields {
	const select = database.prepare(
		"select field, source, value from post_fields where post_id = ? and field <> 'guid'"
	);
	const selectGuids = database.prepare(
		`select post_id, source, value from post_fields join posts on posts.id = post_id
		 where site_id = ? and field = 'guid'`
	);
	const selectAll = database.prepare(
		'select field, source, value from post_fields where post_id = ? order by field, source'
	);
	const remove = database.prepare('delete from post_fields where post_id = ? and source = ?');
	const removeEdit = database.prepare(
		"delete from post_fields where post_id = ? and source = 'edit' and field = ?"
	);
	const removeAll = database.prepare('delete from post_fields where post_id = ?');
	const upsert = database.prepare(
		`insert into post_fields (post_id, field, source, value) values (?, ?, ?, ?)
		 on conflict do update set value = excluded.value`
	);
	const ranked = (post: number) =>
		z
			.array(fieldRow)
			.parse(select.all(post))
			.sort((a, b) => POST_SOURCES.indexOf(b.source) - POST_SOURCES.indexOf(a.source));

	return {
		put: (post, { path: _, formerPaths: __, source, ...stated }) => {
			if (source !== 'edit') remove.run(post, source);
			for (const [field, value] of Object.entries(stated))
				if (value !== null && value !== undefined && String(value) !== '')
					upsert.run(post, field, source, JSON.stringify(value));
		},
		shown: (post, path) => {
			const fields = FIELDS.parse(
				Object.fromEntries(ranked(post).map(({ field, value }) => [field, value]))
			);
			return {
				// A path is better than nothing to click on.
				title: fields.title ?? path,
				authors: fields.authors ?? [],
				topics: fields.topics ?? [],
				publishedAt: fields.publishedAt ?? null,
				wordCount: fields.wordCount ?? null,
				commentCount: fields.commentCount ?? null
			};
		},
		edit: (post, values) => {
			for (const [field, value] of Object.entries(values))
				if (value !== undefined) upsert.run(post, field, 'edit', JSON.stringify(value));
		},
		takeBack: (post, field) => {
			removeEdit.run(post, field);
		},
		statements: (post) => z.array(postStatement).parse(selectAll.all(post)),
		restore: (post, { field, source, value }) => {
			upsert.run(post, field, source, value);
		},
		forget: (post) => {
			removeAll.run(post);
		},
		provenance: (post) =>
			Object.fromEntries(ranked(post).map(({ field, source }) => [field, source])),
		stated: (post) => ranked(post).reverse(),
		guids: (site) =>
			new Map(
				z
					.array(guidRow)
					.parse(selectGuids.all(site))
					.map(({ post_id, source, value }) => [
						`${source} ${z.string().parse(JSON.parse(value))}`,
						post_id
					])
			)
	};
}
