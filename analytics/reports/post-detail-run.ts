import type { Post } from '../posts/post.ts';
import type { DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import type { PostPart } from '../stores/post-sums.ts';
import { ageCurves } from './age-curves.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';
import { isoTime } from './iso-time.ts';
import { placementsSeen } from './placements-seen.ts';
import type { PostHeader, PostParts } from './post-detail.ts';
import { postSumsOf } from './post-sums-of.ts';
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
const FUNNEL: readonly PostPart[] = ['readers', 'reads', 'exposed', 'clicked', 'subscribed'];
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
		const sums = await postSumsOf(post.id, context, FUNNEL);
		const of = (part: PostPart): number => sums.find((sum) => sum.part === part)?.n ?? 0;
		const stage = (id: string, label: string, part: PostPart) => ({
			id,
			label,
			readers: of(part)
		});
		return [
			stage('readers', 'Readers', 'readers'),
			stage('reads', 'Read to the end', 'reads'),
			stage('cta_exposed', 'Saw a CTA', 'exposed'),
			stage('cta_clickers', 'Clicked', 'clicked'),
			stage('subscribed', 'Subscribed', 'subscribed')
		];
	},
	depth: async (post, context) => {
		const sums = await postSumsOf(post.id, context, ['depth']);
		const readersFrom = (tenth: number): number =>
			sums.reduce((sum, { key, n }) => (key >= tenth ? sum + n : sum), 0);
		const all = readersFrom(0);
		return all === 0
			? []
			: Array.from({ length: 11 }, (_, tenth) => ({
					depth: tenth * 10,
					share: readersFrom(tenth) / all
				}));
	},
	next: async (post, context) => {
		const sums = await postSumsOf(post.id, context, ['next']);
		const most = [...sums].sort((a, b) => b.n - a.n || a.key - b.key).slice(0, NEXT_POSTS);
		const titles = new Map(context.posts.map(({ id, title }) => [id, title]));
		return most.map(({ key, n }) => ({
			post_id: key,
			title: titles.get(key) ?? '',
			visits: n
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
		.sort(
			(a, b) =>
				Number(b['readers']) - Number(a['readers']) ||
				by.reduce((order, key) => order || compareText(String(a[key]), String(b[key])), 0)
		);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const trimmed = (rows: readonly Row[]): readonly Row[] =>
	rows.map((row) => ({
		date: row['date'] ?? null,
		readers: row['readers'] ?? null,
		page_views: row['page_views'] ?? null,
		reads: row['reads'] ?? null
	}));
