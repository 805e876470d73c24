import type { Post } from '../posts/post.ts';
import { quantile } from '../stats/quantile.ts';
import { join, sql } from '../stores/sql.ts';
import type { EventStore } from '../stores/event-store.ts';
import type { Site } from '../posts/site.ts';
import type { AgeCurve } from './post-detail.ts';
import { isoTime } from './iso-time.ts';

export const HOUR = 3_600_000;
const DAY_HOURS = 24;
const BAND_POSTS = 30;
const BAND_LEAST = 3;

/** For each post the hours of age in which readers came first, in order, with all readers up to the end of that hour. */
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
	const [row] = await store.query(sql`select min(ts) as ts from visits where site_id = ${site.id}`);
	return typeof row?.['ts'] === 'number' ? row['ts'] : null;
}

/** Readers of each post by hour of age (0 is the first hour); those before publication are left out. */
export async function readersByAge(
	store: Pick<EventStore, 'query'>,
	site: Site,
	posts: readonly Published[]
): Promise<ReadersByAge> {
	const byPost = new Map<number, { readonly hour: number; readonly readers: number }[]>();
	if (posts.length === 0) return byPost;
	const rows = await store.query(sql`
		select f.post_id, ((f.first_view_at - p.published_at) // ${HOUR})::integer as age, count(*) as readers
		from readings f
		join posts p on p.site_id = f.site_id and p.post_id = f.post_id
		where f.site_id = ${site.id} and f.first_view_at >= p.published_at
			and f.post_id in (${join(
				posts.map((post) => sql`${post.id}`),
				', '
			)})
		group by all
		order by f.post_id, age`);
	for (const row of rows) {
		const post = Number(row['post_id']);
		const steps = byPost.get(post) ?? [];
		const before = steps.at(-1)?.readers ?? 0;
		steps.push({ hour: Number(row['age']), readers: before + Number(row['readers']) });
		byPost.set(post, steps);
	}
	return byPost;
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

/** The posts a typical band is made of: published before, recorded from the start, at least that old. */
export function peersOf(
	post: Published,
	all: readonly Published[],
	options: { readonly hours: number; readonly now: number; readonly recordedFrom: number | null }
): readonly Published[] {
	const { hours, now, recordedFrom } = options;
	return all
		.filter(
			(peer) =>
				peer.publishedAt < post.publishedAt &&
				recordedFrom !== null &&
				peer.publishedAt >= recordedFrom &&
				now - peer.publishedAt >= hours * HOUR
		)
		.slice(0, BAND_POSTS);
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

/** The curve of one post against the typical band. */
export function ageCurve(
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
