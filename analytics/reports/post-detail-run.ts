import type { MetricId } from '../metrics.ts';
import { factCondition } from '../query/compile.ts';
import { sql } from '../stores/sql.ts';
import { ageCurves } from './age.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';
import type { PostDetail } from './post-detail.ts';
import { placementsSeen } from './placements-seen.ts';
import { postKeys } from './posts.ts';
import type { Filter, Row } from './result.ts';
import { runReport } from './run.ts';

const NEXT_POSTS = 10;
const FIGURES: readonly MetricId[] = [
	'page_views',
	'readers',
	'reads',
	'read_ratio',
	'engaged_seconds_avg',
	'depth_avg',
	'cta_ctr',
	'subscribe_rate',
	'recirculation_rate',
	'conversions'
];
const SERIES: readonly MetricId[] = ['readers', 'page_views', 'reads'];

/** Everything the screen of one post shows, or null where the site has no such post. */
export async function postDetail(
	postId: number,
	context: ReportContext
): Promise<PostDetail | null> {
	const post = context.posts.find(({ id }) => id === postId);
	if (post === undefined) return null;
	const { query, store, site } = context;
	const own: Filter = { dimension: 'post', operator: 'is', values: [String(postId)] };
	const filtered: ReportContext = {
		...context,
		query: { ...query, filters: [...query.filters, own], sort: null, search: '' }
	};
	const asked = { site: site.id, range: query, filters: query.filters };
	const readings = factCondition('readings', asked);
	const views = factCondition('views', asked);
	const [
		posts,
		series,
		ctas,
		sources,
		countries,
		devices,
		curveOf,
		placements,
		funnel,
		depth,
		next
	] = await Promise.all([
		runReport('posts', { ...filtered, only: FIGURES }),
		runReport('overview', { ...filtered, only: SERIES }),
		runReport('ctas', filtered),
		ask(filtered, query, {
			metrics: [
				'readers',
				'page_views',
				'reads',
				'subscribes',
				'subscribe_rate',
				'subscribe_rate_low',
				'subscribe_rate_high',
				'conversions'
			],
			by: ['channel', 'source']
		}),
		ask(filtered, query, { metrics: ['readers'], by: ['country'] }),
		ask(filtered, query, { metrics: ['readers'], by: ['device'] }),
		ageCurves([post], context),
		placementsSeen(postId, context),
		// A post has one reading of a visitor and day.
		store.query(sql`
				select count(*) filter (where f.views > 0) as readers,
					count(*) filter (where f.cta_seen) as exposed,
					count(*) filter (where f.cta_clicked) as clicked,
					count(*) filter (where f.subscribed) as subscribed,
					(select count(distinct visitor) from views f where ${views} and f.post_id = ${postId} and f.is_read) as reads
				from readings f where ${readings} and f.post_id = ${postId}`),
		store.query(sql`
				with reached as (
					select day, visitor, max(coalesce(depth, 0)) as depth
					from views f where ${views} and f.post_id = ${postId} and f.measured
					group by day, visitor
				)
				select tenth * 10 as depth, (count(*) filter (where reached.depth >= tenth * 10))::double / count(*) as share
				from reached cross join range(11) as tenths(tenth)
				group by tenth order by tenth`),
		store.query(sql`
				with steps as (
					select day, visitor, visit, post_id,
						lead(post_id) over (partition by visitor, visit order by n) as next_post
					from views f
					where ${views} and f.post_id is not null and (f.visitor, f.visit) in (
						select (f.visitor, f.visit) from views f where ${views} and f.post_id = ${postId})
				)
				select next_post as post_id, count(distinct (visitor, visit)) as visits
				from steps where post_id = ${postId} and next_post <> ${postId}
				group by next_post order by visits desc, next_post limit ${NEXT_POSTS}`)
	]);
	const titles = new Map(context.posts.map(({ id, title }) => [id, title]));
	const stage = (id: string, label: string, value: unknown) => ({
		id,
		label,
		readers: Number(value ?? 0)
	});
	const steps = funnel[0] ?? {};
	const trim = (rows: readonly Row[]): readonly Row[] =>
		rows.map((row) => ({
			date: row['date'] ?? null,
			readers: row['readers'] ?? null,
			page_views: row['page_views'] ?? null,
			reads: row['reads'] ?? null
		}));
	const byReaders = (rows: readonly Row[]): readonly Row[] =>
		rows
			.filter((row) => Number(row['readers']) > 0)
			.sort((a, b) => Number(b['readers']) - Number(a['readers']));
	return {
		query,
		post: {
			...postKeys(post),
			post_id: post.id,
			path: post.path,
			title: post.title,
			authors: post.authors,
			topics: post.topics,
			published_at: posts.rows[0]?.['published_at']?.toString() ?? null,
			word_count: post.wordCount
		},
		totals: posts.totals,
		compareTotals: posts.compare?.totals ?? null,
		funnel: [
			stage('readers', 'Readers', steps['readers']),
			stage('reads', 'Read to the end', steps['reads']),
			stage('cta_exposed', 'Saw a CTA', steps['exposed']),
			stage('cta_clickers', 'Clicked', steps['clicked']),
			stage('subscribed', 'Subscribed', steps['subscribed'])
		],
		series: trim(series.rows),
		compareSeries: series.compare === null ? null : trim(series.compare.rows),
		age: curveOf(post),
		depth: depth.map((row) => ({ depth: Number(row['depth']), share: Number(row['share']) })),
		placements,
		ctas: ctas.rows,
		sources: byReaders(sources),
		next: next.map((row) => ({
			post_id: Number(row['post_id']),
			title: titles.get(Number(row['post_id'])) ?? '',
			visits: Number(row['visits'])
		})),
		countries: byReaders(countries),
		devices: byReaders(devices)
	};
}
