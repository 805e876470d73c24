import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { DropCount } from '../intake/drop-ledger.ts';
import type { Post, PostInput } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';

/** Sites and their catalogues: the small transactional data, in SQLite. */
export interface Registry {
	readonly sites: () => readonly Site[];
	/** @throws Failure `bad_argument` when the domain is taken. */
	readonly addSite: (domain: string, zone: string, now: number) => Site;
	readonly posts: (site: Site) => readonly Post[];
	/**
	 * Adds posts or updates those with the same path, or whose path is among the former paths given.
	 * Posts that are not named stay.
	 */
	readonly putPosts: (site: Site, posts: readonly PostInput[]) => PutSummary;
	/** Adds to the counts of dropped events. */
	readonly addDrops: (counts: readonly DropCount[]) => void;
	/** Dropped events of a site by reason, since an instant. */
	readonly drops: (
		site: Site,
		since: number
	) => readonly { readonly reason: string; readonly count: number }[];
	readonly close: () => void;
}

export interface PutSummary {
	readonly added: number;
	readonly updated: number;
	readonly unchanged: number;
}

const MIGRATIONS = [
	`create table sites (
		id integer primary key, domain text not null unique, zone text not null, created_at integer not null
	) strict;
	create table posts (
		id integer primary key, site_id integer not null references sites (id), path text not null,
		former_paths text not null, title text not null, authors text not null, topics text not null,
		published_at integer, word_count integer, comment_count integer, unique (site_id, path)
	) strict;
	create table drops (
		site_id integer not null, hour integer not null, reason text not null, count integer not null,
		primary key (site_id, hour, reason)
	) strict;`
];

const dropRow = z.object({ reason: z.string(), count: z.number() });
const siteRow = z.object({ id: z.number(), domain: z.string(), zone: z.string() });
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

/** Opens the registry file, migrating it where needed. */
export function openRegistry(file: string): Registry {
	const database = new DatabaseSync(file);
	database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
	const { user_version: version } = z
		.object({ user_version: z.number() })
		.parse(database.prepare('pragma user_version').get());
	MIGRATIONS.slice(version).forEach((statements, index) => {
		database.exec(`begin; ${statements} pragma user_version = ${version + index + 1}; commit;`);
	});

	const selectSites = database.prepare('select id, domain, zone from sites order by id');
	const selectPosts = database.prepare('select * from posts where site_id = ? order by id');
	const insertSite = database.prepare(
		'insert into sites (domain, zone, created_at) values (?, ?, ?) returning id, domain, zone'
	);
	const insertPost = database.prepare(
		`insert into posts (site_id, path, former_paths, title, authors, topics, published_at, word_count, comment_count)
		 values (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	);
	const updatePost = database.prepare(
		`update posts set path = ?, former_paths = ?, title = ?, authors = ?, topics = ?, published_at = ?,
		 word_count = ?, comment_count = ? where id = ?`
	);

	const insertDrop = database.prepare(
		`insert into drops (site_id, hour, reason, count) values (?, ?, ?, ?)
		 on conflict do update set count = count + excluded.count`
	);
	const selectDrops = database.prepare(
		`select reason, sum(count) as count from drops where site_id = ? and hour >= ? group by reason order by 2 desc`
	);

	const sites = (): readonly Site[] => z.array(siteRow).parse(selectSites.all());
	const posts = (site: Site): readonly Post[] => z.array(postRow).parse(selectPosts.all(site.id));

	return {
		sites,
		posts,
		addSite: (domain, zone, now) => {
			if (sites().some((site) => site.domain === domain))
				throw new Failure('bad_argument', `The site ${domain} exists already.`);
			return siteRow.parse(insertSite.get(domain, zone, now));
		},
		putPosts: (site, inputs) => {
			const known = posts(site);
			const byPath = new Map(
				known.flatMap((post) =>
					[post.path, ...post.formerPaths].map((path) => [path, post] as const)
				)
			);
			const summary = { added: 0, updated: 0, unchanged: 0 };
			database.exec('begin immediate');
			try {
				for (const input of inputs) {
					const before =
						byPath.get(input.path) ??
						input.formerPaths.map((path) => byPath.get(path)).find((post) => post !== undefined);
					const formerPaths = [
						...new Set([
							...(before === undefined ? [] : [before.path, ...before.formerPaths]),
							...input.formerPaths
						])
					].filter((path) => path !== input.path);
					const values = [
						input.path,
						JSON.stringify(formerPaths),
						input.title,
						JSON.stringify(input.authors),
						JSON.stringify(input.topics),
						input.publishedAt,
						input.wordCount,
						input.commentCount
					] as const;
					if (before === undefined) {
						insertPost.run(site.id, ...values);
						summary.added += 1;
					} else if (isSame(before, { ...input, formerPaths })) {
						summary.unchanged += 1;
					} else {
						updatePost.run(...values, before.id);
						summary.updated += 1;
					}
				}
				database.exec('commit');
			} catch (thrown) {
				database.exec('rollback');
				throw thrown;
			}
			return summary;
		},
		addDrops: (counts) => {
			for (const { site, hour, reason, count } of counts) insertDrop.run(site, hour, reason, count);
		},
		drops: (site, since) => z.array(dropRow).parse(selectDrops.all(site.id, since)),
		close: () => database.close()
	};
}

function isSame(post: Post, input: PostInput): boolean {
	const { id: _, ...rest } = post;
	return (
		JSON.stringify(Object.entries(rest).sort()) === JSON.stringify(Object.entries(input).sort())
	);
}
