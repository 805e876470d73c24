import type { MetricId } from '../metrics.ts';
import type { Post } from '../posts/post.ts';
import { quantile } from '../stats/quantile.ts';
import { localDay } from '../time/local.ts';
import { cumulative, firstEvent, HOUR, newestFirst, readersByAge } from './age.ts';
import { emptyMetrics } from './add-imported.ts';
import { askBoth } from './ask.ts';
import { oncePerReport } from './once-per-report.ts';
import { key, wantedOf, type ReportContext, type ReportDefinition } from './definition.ts';
import type { DateRange, Row } from './result.ts';

const FIRST_DAYS_HOURS = 30 * 24;

const ASKED = [
	'page_views',
	'readers',
	'reads',
	'read_ratio',
	'subscribes',
	'subscribe_rate',
	'subscribe_rate_low',
	'subscribe_rate_high',
	'conversions',
	'conversions_per_1000_readers'
] as const satisfies readonly MetricId[];

const METRIC_IDS = [
	'posts',
	'posts_published',
	...ASKED,
	'median_first_30_day_readers',
	'reader_share',
	'post_share'
] as const satisfies readonly MetricId[];

/** Performance of a group of posts: supply, readers, reading and converting. */
function groupReport(
	id: 'topics' | 'authors',
	dimension: 'topic' | 'author',
	label: string,
	namesOf: (post: Post) => readonly string[]
): ReportDefinition {
	return {
		id,
		label,
		keys: [key(dimension, dimension === 'topic' ? 'Topic' : 'Author')],
		metrics: METRIC_IDS,
		order: '-readers',
		run: async (context, range) => {
			const wanted = wantedOf(context, METRIC_IDS);
			const asked: readonly MetricId[] = [
				...new Set<MetricId>([...wantedOf(context, ASKED), 'readers'])
			];
			const [{ rows, totals }, firstReaders] = await Promise.all([
				askBoth(context, range, { metrics: asked, by: [dimension], postsOnly: true }),
				wanted.includes('median_first_30_day_readers')
					? first30DayReaders(context)
					: new Map<number, number>()
			]);
			const byName = new Map(rows.map((row) => [row[dimension], row]));
			const empty = emptyMetrics(context.query.imported, range, rows, asked);
			const names = [...new Set(context.posts.flatMap(namesOf))].sort();
			const summary = (members: readonly Post[], metrics: Row): Row => ({
				posts: members.length,
				posts_published: members.filter((post) => isWithin(post, context, range)).length,
				...Object.fromEntries(asked.map((metric) => [metric, metrics[metric] ?? null])),
				median_first_30_day_readers: quantile(
					members.flatMap((post) => firstReaders.get(post.id) ?? []),
					0.5
				),
				reader_share: shareOf(metrics['readers'], totals['readers']),
				post_share: shareOf(members.length, context.posts.length)
			});
			return {
				rows: names.map((name) => ({
					[dimension]: name,
					...summary(
						context.posts.filter((post) => namesOf(post).includes(name)),
						byName.get(name) ?? empty
					)
				})),
				totals: summary(context.posts, totals)
			};
		}
	};
}

/** Topic performance. */
export const topics = groupReport('topics', 'topic', 'Topics', (post) => post.topics);
/** The same by author. */
export const authors = groupReport('authors', 'author', 'Authors', (post) => post.authors);

function shareOf(part: unknown, whole: unknown): number | null {
	return typeof part === 'number' && typeof whole === 'number' && whole > 0 ? part / whole : null;
}

function isWithin(post: Post, { site }: ReportContext, { from, to }: DateRange): boolean {
	if (post.publishedAt === null) return false;
	const day = localDay(site.zone, post.publishedAt);
	return day >= from && day <= to;
}

/** First-30-day readers of the posts that have them defined: all readers, whatever the filters. */
const first30DayReaders = oncePerReport(async (context) => {
	const { store, site, posts, query, now } = context;
	const unfiltered = { ...context, query: { ...query, filters: [] } };
	const recordedFrom = await firstEvent(store, site);
	const eligible = newestFirst(posts, now).filter(
		(post) =>
			recordedFrom !== null &&
			post.publishedAt >= recordedFrom &&
			now - post.publishedAt >= FIRST_DAYS_HOURS * HOUR
	);
	const readers = await readersByAge(unfiltered, eligible, [FIRST_DAYS_HOURS]);
	return new Map(eligible.map((post) => [post.id, cumulative(readers, post.id, FIRST_DAYS_HOURS)]));
});
