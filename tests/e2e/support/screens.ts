import { DEMO_SITE, demoUrl } from './demo.ts';
import { getReport, searchOf, type Params } from './report.ts';

/** A screen of the sample blog and the report its figures are from. */
export interface Screen {
	readonly name: string;
	readonly path: () => Promise<string> | string;
	readonly report: string | null;
	/** The filter that the screen itself sets. */
	readonly filter?: () => Promise<string> | string;
	/** Metrics that stand above the tables, from the totals. */
	readonly figures?: readonly string[];
	/** The table with the report's rows, by its caption, and the metrics that each row must show. */
	readonly table?: { readonly caption: string; readonly metrics: readonly string[] };
	readonly compares?: boolean;
}

const POST = "Don't buy into the recent hype about relationships and sales.";
const TOPIC = 'Selling';
const AUTHOR = 'Chris Peterson';

let postId: number | undefined;

/** The number of the post from 2017, which the picture on the first page of the product shows. */
const samplePost = async (): Promise<number> => {
	if (postId === undefined) {
		const { rows } = await getReport(demoUrl(), DEMO_SITE, 'posts', { period: 'today' });
		postId = Number(rows.find(({ title }) => title === POST)?.post_id);
	}
	return postId;
};

const POST_METRICS = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'subscribe_rate',
	'cta_ctr',
	'conversions'
];
const GROUP_METRICS = ['posts', 'page_views', 'readers', 'read_ratio', 'conversions'];

export const SCREENS: readonly Screen[] = [
	{
		name: 'overview',
		path: () => '',
		report: 'overview',
		figures: [
			'visitors',
			'page_views',
			'readers',
			'reads',
			'engaged_seconds_avg',
			'subscribes',
			'cta_clicks',
			'conversions'
		],
		compares: true
	},
	{
		name: 'posts',
		path: () => '/posts',
		report: 'posts',
		table: { caption: 'Posts', metrics: POST_METRICS }
	},
	{
		name: 'a post',
		path: async () => `/posts/${await samplePost()}`,
		report: 'posts',
		filter: async () => `post:is:${await samplePost()}`,
		figures: [
			'page_views',
			'readers',
			'read_ratio',
			'engaged_seconds_avg',
			'cta_ctr',
			'conversions'
		],
		compares: true
	},
	{
		name: 'topics',
		path: () => '/topics',
		report: 'topics',
		table: { caption: 'Topics', metrics: GROUP_METRICS }
	},
	{
		name: 'a topic',
		path: () => `/topics/${TOPIC}`,
		report: 'posts',
		filter: () => `topic:is:${TOPIC}`,
		figures: ['page_views', 'readers', 'read_ratio', 'subscribe_rate', 'conversions'],
		table: { caption: `Posts of ${TOPIC}`, metrics: POST_METRICS },
		compares: true
	},
	{
		name: 'authors',
		path: () => '/authors',
		report: 'authors',
		table: { caption: 'Authors', metrics: GROUP_METRICS }
	},
	{
		name: 'an author',
		path: () => `/authors/${encodeURIComponent(AUTHOR)}`,
		report: 'posts',
		filter: () => `author:is:${AUTHOR}`,
		figures: ['page_views', 'readers', 'read_ratio', 'subscribe_rate', 'conversions'],
		table: { caption: `Posts of ${AUTHOR}`, metrics: POST_METRICS },
		compares: true
	},
	{ name: 'recent', path: () => '/recent', report: null },
	{
		name: 'ctas',
		path: () => '/ctas',
		report: 'ctas',
		figures: ['cta_eligible', 'cta_impressions', 'viewability_rate', 'cta_exposed', 'cta_ctr'],
		table: {
			caption: 'Calls to action by page, placement and variant',
			metrics: ['cta_eligible', 'cta_impressions', 'cta_exposed', 'cta_clickers', 'cta_ctr']
		},
		compares: true
	},
	{
		name: 'sources',
		path: () => '/sources',
		report: 'sources',
		table: {
			caption: 'Sources',
			metrics: ['visitors', 'visits', 'page_views', 'readers', 'subscribes', 'bounce_rate']
		}
	},
	{ name: 'settings', path: () => '/settings', report: null }
];

export const screenUrl = async (screen: Screen, params: Params = {}): Promise<string> =>
	`${demoUrl()}/${DEMO_SITE}${await screen.path()}${searchOf(params)}`;
