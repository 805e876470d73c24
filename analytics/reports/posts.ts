import type { MetricId } from '../metrics.ts';
import type { Post } from '../posts/post.ts';
import { deriveMetrics } from '../query/derive.ts';
import { emptyMetrics, hasImportedDays } from './add-imported.ts';
import { ask, askBoth } from './ask.ts';
import { key, wantedOf, type ReportDefinition } from './definition.ts';
import { commentsOf, NO_COMMENTS } from './comments.ts';
import { isoTime } from './iso-time.ts';
import type { Filter, Row } from './result.ts';
import { SHRINKING_METRICS, SHRUNKEN_METRICS, shrunkenRates } from './shrunken-rates.ts';

const METRIC_IDS = [
	'page_views',
	'readers',
	'reads',
	'measured_page_views',
	'read_ratio',
	'engaged_seconds_avg',
	'engaged_seconds_median',
	'depth_avg',
	'entrances',
	'exits',
	'recirculation_rate',
	'cta_exposed',
	'cta_clickers',
	'cta_ctr',
	'subscribes',
	'subscribe_rate',
	'subscribe_rate_low',
	'subscribe_rate_high',
	'conversions',
	'conversion_rate',
	'conversion_rate_low',
	'conversion_rate_high',
	'comments',
	'subscribe_rate_estimate',
	'subscribe_rate_floor',
	'conversion_rate_estimate',
	'conversion_rate_floor'
] as const satisfies readonly MetricId[];

/** Every post of the catalogue, also those without a view. */
export const posts: ReportDefinition = {
	id: 'posts',
	label: 'Posts',
	keys: [
		key('post_id', 'Post id'),
		key('path', 'Path'),
		key('title', 'Title'),
		key('authors', 'Authors'),
		key('topics', 'Topics'),
		key('published_at', 'Published', 'timestamp')
	],
	metrics: METRIC_IDS,
	order: '-readers',
	run: async (context, range) => {
		const wanted: readonly MetricId[] = wantedOf(context, METRIC_IDS);
		const isShrinking = wanted.some((id) => SHRUNKEN_METRICS.includes(id));
		const asked: readonly MetricId[] = isShrinking
			? [...new Set([...wanted, ...SHRINKING_METRICS])]
			: wanted;
		const { rows, totals } = await askBoth(context, range, {
			metrics: asked,
			by: ['post'],
			postsOnly: true
		});
		const byPost = new Map(rows.map((row) => [row['post'], row]));
		const shown = context.posts.filter((post) =>
			context.query.filters.every((filter) => mayShow(post, filter))
		);
		const empty = emptyMetrics(context.query.imported, range, rows, asked);
		const found = shown.map((post) => byPost.get(post.id) ?? empty);
		const comments = wanted.includes('comments')
			? await commentsOf(context, range, byPost, totals)
			: NO_COMMENTS;
		const shrunken = isShrinking ? shrunkenRates(await withoutImported(found)) : [];
		/** Other tools counted readers, but not what became of them: rates rest on Byline's own days. */
		async function withoutImported(all: readonly Row[]): Promise<readonly Row[]> {
			const { imported, ...query } = context.query;
			if (imported === undefined) return all;
			const what = { metrics: SHRINKING_METRICS, by: ['post'], postsOnly: true } as const;
			const own = await ask({ ...context, query }, range, what);
			const ownByPost = new Map(own.map((row) => [row['post'], row]));
			const none = deriveMetrics(undefined, SHRINKING_METRICS);
			return shown.map((post) => ownByPost.get(post.id) ?? none);
		}
		return {
			rows: shown.map((post, index): Row => {
				const metrics = { ...found[index], ...shrunken[index], ...comments.of(post) };
				return {
					...postKeys(post),
					...Object.fromEntries(wanted.map((id) => [id, metrics[id] ?? null]))
				};
			}),
			// Rows have readers whom nobody told apart from those of other posts.
			totals:
				shown.length > 1 && hasImportedDays(context.query.imported, range)
					? { ...totals, ...comments.total, readers: null }
					: { ...totals, ...comments.total }
		};
	}
};

/** The key columns of a post. */
function postKeys(post: Post): Row {
	return {
		post_id: post.id,
		path: post.path,
		title: post.title,
		authors: post.authors,
		topics: post.topics,
		published_at: isoTime(post.publishedAt)
	};
}

/** Whether a filter on what the catalogue knows leaves the post in; other filters do not hide posts. */
export function mayShow(post: Post, { dimension, operator, values }: Filter): boolean {
	const having =
		dimension === 'topic'
			? post.topics
			: dimension === 'author'
				? post.authors
				: dimension === 'post'
					? [String(post.id)]
					: dimension === 'page'
						? [post.path]
						: null;
	if (having === null) return true;
	const has = (test: (text: string, value: string) => boolean): boolean =>
		having.some((text) => values.some((value) => test(text, value)));
	const includes = (text: string, value: string): boolean =>
		text.toLowerCase().includes(value.toLowerCase());
	switch (operator) {
		case 'is':
			return has((text, value) => text === value);
		case 'is_not':
			return !has((text, value) => text === value);
		case 'contains':
			return has(includes);
		case 'contains_not':
			return !has(includes);
		case 'matches':
			return true;
	}
}
