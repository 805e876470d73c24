import type { Post } from '../posts/post.ts';
import { factCondition } from '../query/compile.ts';
import { quantile } from '../stats/quantile.ts';
import { DAILY, isUnrolled, READERS_BY_AGE } from '../stores/rollups.ts';
import { join, raw, sql, type Sql } from '../stores/sql.ts';
import type { EventStore } from '../stores/event-store.ts';
import type { Site } from '../posts/site.ts';
import { addDays, localDay } from '../time/local.ts';
import type { ReportContext } from './definition.ts';
import type { AgeCurve } from './post-detail.ts';
import { isoTime } from './iso-time.ts';
import { splitFilters } from './post-filters.ts';
import type { Filter } from './result.ts';

export const HOUR = 3_600_000;
const DAY_HOURS = 24;
const BAND_POSTS = 30;
const BAND_LEAST = 3;
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
	{ store, site, query, now }: Pick<ReportContext, 'store' | 'site' | 'query' | 'now'>,
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
	const ofFacts = (condition: Sql): Sql => sql`
		select post_id, age, readers from (
			${raw(READERS_BY_AGE)} and f.site_id = ${site.id} and ${some} and ${condition}
			group by all)
		where age < ${oldest}`;
	const summed = (days: readonly string[]): Sql =>
		join(
			[
				sql`
				select f.post_id, f.age, f.readers from daily_ages f
				where f.site_id = ${site.id} and f.age < ${oldest} and ${some}`,
				...(days.length === 0 ? [] : [ofFacts(isUnrolled(site.id, days))])
			],
			' union all '
		);
	const { ofReaders } = splitFilters(query.filters);
	const filtered = (): Sql =>
		ofFacts(factCondition('readings', readBy(posts, ofReaders, site, now)));
	const rows = await store.query(
		(unrolled) => sql`
		select r.post_id, a.hours - 1 as hour, sum(r.readers)::integer as readers
		from (${ofReaders.length === 0 ? summed(unrolled(site.id)) : filtered()}) r
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

/** Readings under some filters, on all days that these posts can have any. */
function readBy(
	posts: readonly Published[],
	filters: readonly Filter[],
	site: Site,
	now: number
): Parameters<typeof factCondition>[1] {
	const first = posts.reduce((least, { publishedAt }) => Math.min(least, publishedAt), now);
	// A visitor who looked before the post was out is counted under the day of the visit.
	const range = {
		from: addDays(localDay(site.zone, first), -1),
		to: addDays(localDay(site.zone, now), 1)
	};
	return { site: site.id, range, filters };
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

/** The posts a typical band is made of: published before, recorded from the start, at least that old. `all`: newest first. */
export function peersOf(
	post: Published,
	all: readonly Published[],
	options: { readonly hours: number; readonly now: number; readonly recordedFrom: number | null }
): readonly Published[] {
	const { hours, now, recordedFrom } = options;
	const peers: Published[] = [];
	if (recordedFrom === null) return peers;
	// Asked for each age of a curve: the newest come first, so the rest of a long catalogue is not looked at.
	for (const peer of all) {
		if (peers.length === BAND_POSTS || peer.publishedAt < recordedFrom) break;
		if (peer.publishedAt < post.publishedAt && now - peer.publishedAt >= hours * HOUR)
			peers.push(peer);
	}
	return peers;
}

/** A post and all that its typical band is made of at some ages. */
export function withPeers(
	post: Published,
	all: readonly Published[],
	options: {
		readonly ages: readonly number[];
		readonly now: number;
		readonly recordedFrom: number | null;
	}
): readonly Published[] {
	const { ages, now, recordedFrom } = options;
	return [
		...new Set([post, ...ages.flatMap((hours) => peersOf(post, all, { hours, now, recordedFrom }))])
	];
}

/** The typical band at an age: null where fewer than three posts are that old. */
export function bandAt(
	readers: ReadersByAge,
	peers: readonly Published[],
	hours: number
): Omit<AgeCurve['band'][number], 'age_hours'> | null {
	if (peers.length < BAND_LEAST) return null;
	const values = peers.map((peer) => cumulative(readers, peer.id, hours));
	const at = (share: number): number => quantile(values, share) ?? 0;
	return { p10: at(0.1), p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9) };
}

/** Ages of a curve, in hours: each of the first three days, then each day to the thirtieth. */
const AGES: readonly number[] = [
	...Array.from({ length: 73 }, (_, hour) => hour),
	...Array.from({ length: 27 }, (_, day) => (day + 4) * DAY_HOURS)
];

/** What draws the curve of each of some posts against the typical band. */
export async function ageCurves(
	of: readonly Post[],
	context: Pick<ReportContext, 'store' | 'site' | 'posts' | 'query' | 'now'>
): Promise<(post: Post) => AgeCurve> {
	const { store, site, posts, now } = context;
	const all = newestFirst(posts, now);
	const recordedFrom = await firstEvent(store, site);
	const ids = new Set(of.map(({ id }) => id));
	const needed = all
		.filter(({ id }) => ids.has(id))
		.flatMap((post) => withPeers(post, all, { ages: AGES, now, recordedFrom }));
	const readers = await readersByAge(context, [...new Set(needed)], AGES);
	return (post) => ageCurve(post, { all, readers, recordedFrom, now });
}

function ageCurve(
	post: Post,
	context: {
		readonly all: readonly Published[];
		readonly readers: ReadersByAge;
		readonly recordedFrom: number | null;
		readonly now: number;
	}
): AgeCurve {
	const { all, readers, recordedFrom, now } = context;
	const published = all.find((candidate) => candidate.id === post.id);
	const shown = {
		post_id: post.id,
		title: post.title,
		path: post.path,
		published_at: isoTime(post.publishedAt)
	};
	if (published === undefined)
		return { ...shown, age_hours: null, points: [], band: [], verdict: null };
	const age = (now - published.publishedAt) / HOUR;
	const isRecorded = recordedFrom !== null && published.publishedAt >= recordedFrom;
	const points = isRecorded
		? AGES.filter((hours) => hours <= age).map((hours) => ({
				age_hours: hours,
				readers: cumulative(readers, post.id, hours)
			}))
		: [];
	const band = AGES.flatMap((hours) => {
		const at = bandAt(readers, peersOf(published, all, { hours, now, recordedFrom }), hours);
		return at === null ? [] : [{ age_hours: hours, ...at }];
	});
	const last = band.findLast(({ age_hours: hours }) => hours > 0 && hours <= age);
	const reached = last && points.find((point) => point.age_hours === last.age_hours);
	return {
		...shown,
		age_hours: Math.floor(age),
		points,
		band,
		verdict:
			last === undefined || reached === undefined
				? null
				: {
						age_hours: last.age_hours,
						readers: reached.readers,
						typical: last.p50,
						ratio: last.p50 > 0 ? reached.readers / last.p50 : null
					}
	};
}
