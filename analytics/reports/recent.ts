import type { MetricId } from '../metrics.ts';
import { cumulative, firstEvent, HOUR, newestFirst, type Published } from './age.ts';
import { key, type ReportDefinition } from './definition.ts';
import { importedFirstDays } from './imported-first-days.ts';
import { isoTime } from './iso-time.ts';
import { oncePerReport } from './once-per-report.ts';
import { chosenPosts } from './post-filters.ts';
import { bandAt, readersOfPeers, typicalOf, withPeers } from './typical-band.ts';

export const RECENT_POSTS = 10;

const METRIC_IDS = [
	'readers_cumulative',
	'typical_p10',
	'typical_p25',
	'typical_p50',
	'typical_p75',
	'typical_p90'
] as const satisfies readonly MetricId[];

/**
 * The newest ten posts at their age against the typical post; the range does not matter. Filters by post, topic or
 * author choose among the posts, all others among the readers, those of the typical post too.
 */
export const recent: ReportDefinition = {
	id: 'recent',
	label: 'Recent posts',
	keys: [
		key('post_id', 'Post id'),
		key('path', 'Path'),
		key('title', 'Title'),
		key('published_at', 'Published', 'timestamp'),
		key('age_hours', 'Age in hours', 'count')
	],
	metrics: METRIC_IDS,
	order: null,
	run: oncePerReport(async (context) => {
		const { store, site, posts, query, now } = context;
		const all = newestFirst(posts, now);
		const newest = (await chosenPosts(store, site, all, query.filters)).slice(0, RECENT_POSTS);
		const ageOf = (post: Published): number => Math.floor((now - post.publishedAt) / HOUR);
		const recordedFrom = await firstEvent(store, site);
		const typical = typicalOf(context, recordedFrom);
		const isImported = await importedFirstDays(context, newest, recordedFrom);
		const needed = newest.flatMap((post) => withPeers(post, typical, [ageOf(post)]));
		const ages = newest.map(ageOf);
		const readers = await readersOfPeers(context, [...new Set(needed)], ages, typical);
		const rows = newest.map((post) => {
			const hours = ageOf(post);
			const band = bandAt(readers, post, typical, hours);
			return {
				post_id: post.id,
				path: post.path,
				title: post.title,
				published_at: isoTime(post.publishedAt),
				age_hours: hours,
				// Readers since then would look like all of them.
				readers_cumulative: isImported(post) ? null : cumulative(readers, post.id, hours),
				typical_p10: band?.p10 ?? null,
				typical_p25: band?.p25 ?? null,
				typical_p50: band?.p50 ?? null,
				typical_p75: band?.p75 ?? null,
				typical_p90: band?.p90 ?? null
			};
		});
		return { rows, totals: {} };
	})
};
