import type { MetricId } from '../metrics.ts';
import type { Post } from '../posts/post.ts';
import { deriveMetrics } from '../query/derive.ts';
import { askBoth } from './ask.ts';
import { key, type ReportDefinition } from './definition.ts';
import { isoTime } from './iso-time.ts';
import type { Filter, Row } from './result.ts';

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
	'comments'
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
		const { rows, totals } = await askBoth(context, range, {
			metrics: METRIC_IDS,
			by: ['post'],
			postsOnly: true
		});
		const byPost = new Map(rows.map((row) => [row['post'], row]));
		return {
			rows: context.posts
				.filter((post) => context.query.filters.every((filter) => mayShow(post, filter)))
				.map((post): Row => {
					const found = byPost.get(post.id);
					const metrics = found ?? deriveMetrics(undefined, METRIC_IDS);
					return {
						...postKeys(post),
						...Object.fromEntries(METRIC_IDS.map((id) => [id, metrics[id] ?? null]))
					};
				}),
			totals
		};
	}
};

/** The key columns of a post. */
export function postKeys(post: Post): Row {
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
function mayShow(post: Post, { dimension, operator, values }: Filter): boolean {
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
