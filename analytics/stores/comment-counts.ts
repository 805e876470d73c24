import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import { atomically } from './atomically.ts';

export const COMMENT_COUNTS_MIGRATION = `create table comment_counts (
	site_id integer not null references sites (id), post_id integer not null, day text not null,
	count integer not null, growth integer not null, primary key (site_id, post_id, day)
) strict, without rowid;`;

/** A post's count on a day on which it changed, and by how much. */
export interface CommentCount {
	readonly post: number;
	/** Local day, `YYYY-MM-DD`. */
	readonly day: string;
	readonly count: number;
	readonly growth: number;
}

/** How many comments posts had, day by day, where the catalogue says so. */
export interface CommentCounts {
	/** Records the counts of a catalogue on a local day. A post's first one is where its growth begins. */
	readonly record: (site: Site, day: string, posts: readonly Post[]) => void;
	/** By how many comments each post grew on some days, inclusive; posts without a change are left out. */
	readonly growth: (
		site: Site,
		range: { readonly from: string; readonly to: string }
	) => ReadonlyMap<number, number>;
	/** All that is known of a site. */
	readonly list: (site: Site) => readonly CommentCount[];
	/** Puts what another installation listed in the place of what is known. */
	readonly restore: (site: Site, counts: readonly CommentCount[]) => void;
}

const lastRow = z.object({ post_id: z.number(), count: z.number() });
const growthRow = z.object({ post_id: z.number(), growth: z.number() });
const countRow = z
	.object({ post_id: z.number(), day: z.string(), count: z.number(), growth: z.number() })
	.transform(({ post_id: post, ...row }): CommentCount => ({ post, ...row }));

export function openCommentCounts(database: DatabaseSync): CommentCounts {
	const selectLast = database.prepare(
		`select post_id, count from comment_counts c where site_id = ? and day = (
			select max(day) from comment_counts o where o.site_id = c.site_id and o.post_id = c.post_id)`
	);
	const upsert = database.prepare(
		`insert into comment_counts (site_id, post_id, day, count, growth) values (?, ?, ?, ?, ?)
		 on conflict do update set count = excluded.count, growth = growth + excluded.growth`
	);
	const selectGrowth = database.prepare(
		`select post_id, sum(growth) as growth from comment_counts
		 where site_id = ? and day >= ? and day <= ? group by post_id having sum(growth) <> 0`
	);
	const selectAll = database.prepare(
		'select post_id, day, count, growth from comment_counts where site_id = ? order by post_id, day'
	);
	const erase = database.prepare('delete from comment_counts where site_id = ?');
	return {
		record: (site, day, posts) => {
			const last = new Map(
				z
					.array(lastRow)
					.parse(selectLast.all(site.id))
					.map((row) => [row.post_id, row.count])
			);
			const changed = posts.flatMap(({ id, commentCount }) => {
				const before = last.get(id);
				return commentCount === null || commentCount === before
					? []
					: [{ id, count: commentCount, growth: commentCount - (before ?? commentCount) }];
			});
			if (changed.length === 0) return;
			atomically(database, () => {
				for (const { id, count, growth } of changed) upsert.run(site.id, id, day, count, growth);
			});
		},
		growth: (site, { from, to }) =>
			new Map(
				z
					.array(growthRow)
					.parse(selectGrowth.all(site.id, from, to))
					.map((row) => [row.post_id, row.growth])
			),
		list: (site) => z.array(countRow).parse(selectAll.all(site.id)),
		restore: (site, counts) => {
			atomically(database, () => {
				erase.run(site.id);
				for (const { post, day, count, growth } of counts)
					upsert.run(site.id, post, day, count, growth);
			});
		}
	};
}
