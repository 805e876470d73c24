import { hash } from 'node:crypto';
import { pagePosts } from '../../posts/identity/page-posts.ts';
import type { PageRules } from '../../posts/identity/site-rules.ts';
import type { Post } from '../../posts/post.ts';
import type { Site } from '../../posts/site.ts';
import { localDay } from '../../time/local.ts';
import { raw, sql } from '../sql.ts';
import { changePageRules } from './fold-pages.ts';
import { unroll } from './roll-up.ts';
import type { Write } from './write.ts';

/** What tells a catalogue from any other: the same posts by the same rules are not written again. */
export function digestOf({ zone }: Site, posts: readonly Post[], rules: PageRules): string {
	return hash('sha256', JSON.stringify([zone, rules, posts]));
}

/** Whether a site's tables hold the catalogue with this digest. */
export async function holdsCatalogue(write: Write, site: number, digest: string): Promise<boolean> {
	const rows = await write(sql`
		select 1 from catalogues where site_id = ${site} and digest = ${digest}`);
	return rows.length > 0;
}

/** Replaces a site's catalogue; what changes with it waits to be settled and summed up. */
export async function putCatalogue(
	write: Write,
	whole: Site,
	posts: readonly Post[],
	rules: PageRules
): Promise<void> {
	const { id: site, zone } = whole;
	const pages = Map.groupBy(pagePosts(posts, rules), ([, post]) => post);
	const rows = JSON.stringify(
		posts.map((post, position) => ({
			post_id: post.id,
			path: post.path,
			paths: (pages.get(post.id) ?? []).map(([page]) => page),
			title: post.title,
			authors: post.authors,
			topics: post.topics,
			published_at: post.publishedAt,
			published_day: post.publishedAt === null ? null : localDay(zone, post.publishedAt),
			word_count: post.wordCount,
			comment_count: post.commentCount,
			position
		}))
	);
	const fields = JSON.stringify([
		{
			post_id: 'integer',
			path: 'varchar',
			paths: ['varchar'],
			title: 'varchar',
			authors: ['varchar'],
			topics: ['varchar'],
			published_at: 'bigint',
			published_day: 'varchar',
			word_count: 'integer',
			comment_count: 'integer',
			position: 'integer'
		}
	]);
	await write(sql`
		create or replace temporary table catalogue as
		select e.* from (select unnest(from_json(${rows}, ${fields})) as e)`);
	await changePageRules(write, site, rules);
	// Only what the derivation reads (path, post, words) can change facts: those pages' days are derived anew.
	await write(sql`
		insert into touched
		with before as (
			select pages.page, pages.post_id, post.path, post.word_count
			from post_paths pages join posts post using (site_id, post_id)
			where pages.site_id = ${site}
		),
		after as (
			select unnest(paths) as page, post_id, path, word_count from catalogue
		),
		changed as (
			select page from ((from before except from after) union all (from after except from before))
		)
		select distinct e.site_id, e.day from events e
		left join page_folds fold on fold.site_id = e.site_id and fold.page = e.page
		where e.site_id = ${site} and coalesce(fold.folded, e.page) in (from changed)`);
	// What only roll-ups read (topics, authors, publication) takes the days of those posts out of them.
	await write(sql`
		create or replace temporary table regrouped as
		with before as (
			select post_id, published_at,
				(select list(topic order by topic) from post_topics t where t.site_id = p.site_id and t.post_id = p.post_id) as topics,
				(select list(author order by author) from post_authors a where a.site_id = p.site_id and a.post_id = p.post_id) as authors
			from posts p where p.site_id = ${site}
		),
		after as (
			select post_id, published_at,
				nullif(list_sort(list_distinct(topics)), []) as topics, nullif(list_sort(list_distinct(authors)), []) as authors
			from catalogue
		)
		select post_id from ((from before except from after) union all (from after except from before))`);
	const [regrouped] = await write(raw('select count(*) as posts from regrouped'));
	if (Number(regrouped?.['posts']) > 0)
		await unroll(
			write,
			`select site_id, day from readings where site_id = ${Math.trunc(site)} and post_id in (from regrouped)
				union select site_id, day from cta_exposures where site_id = ${Math.trunc(site)} and post_id in (from regrouped)`
		);
	for (const table of ['posts', 'post_paths', 'post_topics', 'post_authors'])
		await write(sql`delete from ${raw(table)} where site_id = ${site}`);
	await write(sql`
		insert into posts
		select ${site}, post_id, path, title, published_at, published_day::date, word_count, comment_count, position
		from catalogue`);
	await write(sql`
		insert into post_paths select ${site}, unnest(paths), post_id from catalogue`);
	await write(sql`
		insert into post_topics select distinct ${site}, post_id, unnest(topics) from catalogue`);
	await write(sql`
		insert into post_authors select distinct ${site}, post_id, unnest(authors) from catalogue`);
	await write(sql`delete from catalogues where site_id = ${site}`);
	await write(sql`
		insert into catalogues values (${site}, ${digestOf(whole, posts, rules)})`);
}
