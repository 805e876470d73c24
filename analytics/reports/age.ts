import type { Post } from '../posts/post.ts';
import { readFacts } from '../query/compile.ts';
import { scopeConditions } from '../query/scope-conditions.ts';
import { ageTables, DAILY, isUnrolled, readersByAgeOf } from '../stores/rollups.ts';
import { join, raw, sql, type Sql } from '../stores/sql.ts';
import type { EventStore } from '../stores/event-store.ts';
import type { Site } from '../posts/site.ts';
import { addDays, localDay } from '../time/local.ts';
import type { ReportContext } from './definition.ts';
import { splitFilters } from './post-filters.ts';
import type { DateRange } from './result.ts';

export const HOUR = 3_600_000;
/** More posts than that are not named in a query. */
const MOST_NAMED = 500;

/** For each post some hours of age, in order, with all readers up to the end of that hour. */
export type ReadersByAge = ReadonlyMap<
	number,
	readonly { readonly hour: number; readonly readers: number }[]
>;

/** A published post. */
export type Published = Post & { readonly publishedAt: number };

/** Published posts, newest first. */
export function newestFirst(posts: readonly Post[], now: number): readonly Published[] {
	return posts
		.filter((post): post is Published => post.publishedAt !== null && post.publishedAt <= now)
		.sort((a, b) => b.publishedAt - a.publishedAt || b.id - a.id);
}

/** When the site's first event happened, epoch milliseconds, or null. */
export async function firstEvent(
	store: Pick<EventStore, 'query'>,
	site: Site
): Promise<number | null> {
	const of = (days: Sql): Sql =>
		sql`select min(f.ts) as ts from visits f where f.site_id = ${site.id} and ${days}`;
	const summed = of(sql`f.day = (
				select min(day) from ${raw(DAILY)} where site_id = ${site.id} and rollup = 0)`);
	const [row] = await store.query((unrolled) => {
		const days = unrolled(site.id);
		const parts = days.length === 0 ? [summed] : [summed, of(isUnrolled(site.id, days))];
		return sql`select min(ts) as ts from (${join(parts, ' union all ')})`;
	});
	return typeof row?.['ts'] === 'number' ? row['ts'] : null;
}

/**
 * Readers of posts up to each of some ages in whole hours; those before publication are left out. Only for these ages
 * does `cumulative` answer. Filters that choose posts are not looked at: the posts are given.
 */
export async function readersByAge(
	{
		store,
		site,
		query,
		now,
		scope
	}: Pick<ReportContext, 'store' | 'site' | 'query' | 'now' | 'scope'>,
	posts: readonly Published[],
	ages: readonly number[]
): Promise<ReadersByAge> {
	const byPost = new Map<number, { readonly hour: number; readonly readers: number }[]>();
	const asked = [...new Set(ages)].filter((hours) => hours > 0);
	if (posts.length === 0 || asked.length === 0) return byPost;
	const some =
		posts.length > MOST_NAMED
			? raw('true')
			: sql`f.post_id in (${join(
					posts.map((post) => sql`${post.id}`),
					', '
				)})`;
	const oldest = Math.max(...asked);
	const ofFacts = (readings: Sql, condition: Sql): Sql => sql`
		select post_id, age, readers from (
			${readersByAgeOf(readings)} and f.site_id = ${site.id} and ${some} and ${condition}
			group by all)
		where age < ${oldest}`;
	const summed = (days: readonly string[]): Sql =>
		join(
			[
				...ageTables(oldest).map(
					(table) => sql`
				select f.post_id, f.age, f.readers from ${raw(table)} f
				where f.site_id = ${site.id} and f.age < ${oldest} and ${some}`
				),
				...(days.length === 0 ? [] : [ofFacts(raw('readings'), isUnrolled(site.id, days))])
			],
			' union all '
		);
	const { ofReaders } = splitFilters(query.filters);
	const isFiltered = ofReaders.length + scopeConditions(scope).ofReaders.length > 0;
	const filtered = (): Sql => {
		const facts = readFacts({
			site: site.id,
			range: daysOf(posts, site, now),
			filters: ofReaders,
			scope
		});
		return ofFacts(facts.rows('readings'), facts.where('readings'));
	};
	const rows = await store.query(
		(unrolled) => sql`
		select r.post_id, a.hours - 1 as hour, sum(r.readers)::integer as readers
		from (${isFiltered ? filtered() : summed(unrolled(site.id))}) r
		asof join (select unnest([${join(
			asked.map((hours) => sql`${hours}::integer`),
			', '
		)}]) as hours) a on r.age < a.hours
		group by all
		order by r.post_id, hour`
	);
	for (const row of rows) {
		const post = Number(row['post_id']);
		const steps = byPost.get(post) ?? [];
		const before = steps.at(-1)?.readers ?? 0;
		steps.push({ hour: Number(row['hour']), readers: before + Number(row['readers']) });
		byPost.set(post, steps);
	}
	return byPost;
}

/** All days on which these posts can have readings. */
function daysOf(posts: readonly Published[], site: Site, now: number): DateRange {
	const first = posts.reduce((least, { publishedAt }) => Math.min(least, publishedAt), now);
	// A visitor who looked before the post was out is counted under the day of the visit.
	return {
		from: addDays(localDay(site.zone, first), -1),
		to: addDays(localDay(site.zone, now), 1)
	};
}

/** Readers of a post younger than an age in hours. */
export function cumulative(readers: ReadersByAge, post: number, hours: number): number {
	const steps = readers.get(post) ?? [];
	let low = 0;
	let high = steps.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((steps[middle]?.hour ?? 0) < hours) low = middle + 1;
		else high = middle;
	}
	return steps[low - 1]?.readers ?? 0;
}
