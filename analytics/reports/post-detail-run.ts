import type { Post } from '../posts/post.ts';
import type { DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import { readFacts } from '../query/compile.ts';
import { sql } from '../stores/sql.ts';
import { ageCurves } from './age-curves.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';
import { isoTime } from './iso-time.ts';
import { placementsSeen } from './placements-seen.ts';
import type { PostHeader, PostParts } from './post-detail.ts';
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
const SERIES = ['readers', 'page_views', 'reads'] as const satisfies readonly MetricId[];

/** How a post is named on its screen. */
export function postHeader(post: Post): PostHeader {
	return {
		post_id: post.id,
		path: post.path,
		title: post.title,
		authors: post.authors,
		topics: post.topics,
		published_at: isoTime(post.publishedAt),
		word_count: post.wordCount
	};
}

/** How each part of the screen of one post is answered. */
export const POST_PARTS: {
	readonly [Part in keyof PostParts]: (
		post: Post,
		context: ReportContext
	) => Promise<PostParts[Part]>;
} = {
	figures: async (post, context) => {
		const { totals, compare } = await runReport('posts', { ...only(post, context), only: FIGURES });
		return { totals, compareTotals: compare?.totals ?? null };
	},
	series: async (post, context) => {
		const { rows, compare } = await runReport('overview', {
			...only(post, context),
			only: SERIES
		});
		return { rows: trimmed(rows), compareRows: compare === null ? null : trimmed(compare.rows) };
	},
	ctas: async (post, context) => (await runReport('ctas', only(post, context))).rows,
	sources: (post, context) =>
		readersBy(
			post,
			context,
			['channel', 'source'],
			[
				'page_views',
				'reads',
				'subscribes',
				'subscribe_rate',
				'subscribe_rate_low',
				'subscribe_rate_high',
				'conversions'
			]
		),
	countries: (post, context) => readersBy(post, context, ['country']),
	devices: (post, context) => readersBy(post, context, ['device']),
	age: async (post, context) => (await ageCurves([post], context))(post),
	placements: (post, context) => placementsSeen(post.id, context),
	funnel: async (post, context) => {
		const facts = factsOf(context);
		// A post has one reading of a visitor and day.
		const [steps = {}] = await context.store.query(sql`
				select count(*) filter (where f.views > 0) as readers,
					count(*) filter (where f.cta_seen) as exposed,
					count(*) filter (where f.cta_clicked) as clicked,
					count(*) filter (where f.subscribed) as subscribed,
					(select count(distinct visitor) from ${facts.rows('views')} f where ${facts.where('views')} and f.post_id = ${post.id} and f.is_read) as reads
				from ${facts.rows('readings')} f where ${facts.where('readings')} and f.post_id = ${post.id}`);
		const stage = (id: string, label: string, value: unknown) => ({
			id,
			label,
			readers: Number(value ?? 0)
		});
		return [
			stage('readers', 'Readers', steps['readers']),
			stage('reads', 'Read to the end', steps['reads']),
			stage('cta_exposed', 'Saw a CTA', steps['exposed']),
			stage('cta_clickers', 'Clicked', steps['clicked']),
			stage('subscribed', 'Subscribed', steps['subscribed'])
		];
	},
	depth: async (post, context) => {
		const facts = factsOf(context);
		const rows = await context.store.query(sql`
				with reached as (
					select day, visitor, max(coalesce(depth, 0)) as depth
					from ${facts.rows('views')} f where ${facts.where('views')} and f.post_id = ${post.id} and f.measured
					group by day, visitor
				)
				select tenth * 10 as depth, (count(*) filter (where reached.depth >= tenth * 10))::double / count(*) as share
				from reached cross join range(11) as tenths(tenth)
				group by tenth order by tenth`);
		return rows.map((row) => ({ depth: Number(row['depth']), share: Number(row['share']) }));
	},
	next: async (post, context) => {
		const facts = factsOf(context);
		const rows = await context.store.query(sql`
				with steps as (
					select day, visitor, visit, post_id,
						lead(post_id) over (partition by visitor, visit order by n) as next_post
					from ${facts.rows('views')} f
					where ${facts.where('views')} and f.post_id is not null and (f.visitor, f.visit) in (
						select (f.visitor, f.visit) from ${facts.rows('views')} f
						where ${facts.where('views')} and f.post_id = ${post.id})
				)
				select next_post as post_id, count(distinct (visitor, visit)) as visits
				from steps where post_id = ${post.id} and next_post <> ${post.id}
				group by next_post order by visits desc, next_post limit ${NEXT_POSTS}`);
		const titles = new Map(context.posts.map(({ id, title }) => [id, title]));
		return rows.map((row) => ({
			post_id: Number(row['post_id']),
			title: titles.get(Number(row['post_id'])) ?? '',
			visits: Number(row['visits'])
		}));
	}
};

/** The same question of one post alone. */
function only(post: Post, context: ReportContext): ReportContext {
	const own: Filter = { dimension: 'post', operator: 'is', values: [String(post.id)] };
	const { query } = context;
	return {
		...context,
		query: { ...query, filters: [...query.filters, own], sort: null, search: '' }
	};
}

const factsOf = ({ query, site, scope }: ReportContext) =>
	readFacts({ site: site.id, range: query, filters: query.filters, scope });

async function readersBy(
	post: Post,
	context: ReportContext,
	by: readonly DimensionId[],
	beside: readonly MetricId[] = []
): Promise<readonly Row[]> {
	const rows = await ask(only(post, context), context.query, {
		metrics: ['readers', ...beside],
		by
	});
	return rows
		.filter((row) => Number(row['readers']) > 0)
		.sort((a, b) => Number(b['readers']) - Number(a['readers']));
}

const trimmed = (rows: readonly Row[]): readonly Row[] =>
	rows.map((row) => ({
		date: row['date'] ?? null,
		readers: row['readers'] ?? null,
		page_views: row['page_views'] ?? null,
		reads: row['reads'] ?? null
	}));
