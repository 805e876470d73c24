import type { DimensionId } from './dimensions.ts';

/** What a number counts in. `ratio` and its bounds are decimals between 0 and 1; `seconds` are decimals. */
export type Unit = 'count' | 'ratio' | 'seconds' | 'percent_depth' | 'per_1000';
export type Direction = 'more' | 'less' | 'neutral';
/** The derived table a base metric is summed from. */
export type FactName = 'readings' | 'views' | 'visits' | 'cta_exposures' | 'catalogue';
/** Where the figures of a report metric come from. */
export type SourceName = FactName | 'conversions';

/** Over what the parts of a metric add up to the whole. Weeks and months add up where days do. */
export interface Additivity {
	readonly hours: boolean;
	readonly days: boolean;
	/**
	 * Dimensions whose rows add up to the total; `one_value`: every dimension of the metric of which an event has one
	 * value, so all but topics and authors.
	 */
	readonly dimensions: 'one_value' | readonly DimensionId[];
}

/** What happens once, on one page, in one hour. */
const EVENTS: Additivity = { hours: true, days: true, dimensions: 'one_value' };
/** Distinct visitors per day: these dimensions follow from what a visitor is made of. */
const VISITOR_DAYS: Additivity = {
	hours: false,
	days: true,
	dimensions: ['country', 'device', 'browser', 'os']
};
/** Conversions shared out to posts. */
const CREDITS: Additivity = { hours: false, days: true, dimensions: ['post'] };
/** Posts by the day they came out. */
const PUBLICATIONS: Additivity = { hours: false, days: true, dimensions: [] };
/** Averages, medians, rates and positions. */
const NOTHING: Additivity = { hours: false, days: false, dimensions: [] };

interface MetricText {
	readonly label: string;
	readonly unit: Unit;
	readonly direction: Direction;
	/** One sentence for screens, API document and docs. */
	readonly definition: string;
}

interface MetricCommon extends MetricText {
	readonly additive: Additivity;
}

/** A metric the store aggregates itself. */
export interface BaseMetric extends MetricCommon {
	readonly kind: 'base';
	/** Facts over which the same expression is exact; the first that knows every dimension asked for is used. */
	readonly facts: readonly FactName[];
	/** Aggregate over the fact's rows, written against its alias `f`; a whole number where days add up. */
	readonly sql: string;
	/** What the aggregate is divided by; 1 where it is not said. */
	readonly per?: number;
	/** What a group without rows has. */
	readonly empty: 0 | null;
}

/** numerator / denominator x scale; missing where the denominator is zero. */
export interface RatioMetric extends MetricCommon {
	readonly kind: 'ratio';
	readonly numerator: MetricId;
	readonly denominator: MetricId;
	readonly scale?: number;
}

/** One end of the 95 % Wilson interval of a ratio. */
export interface BoundMetric extends MetricCommon {
	readonly kind: 'bound';
	readonly of: MetricId;
	readonly end: 'low' | 'high';
}

/** A metric a report works out from more than its own rows. */
export interface ReportMetric extends MetricCommon {
	readonly kind: 'report';
	readonly from: readonly SourceName[];
	/** The metric of which it is the row's share of the whole blog. */
	readonly shareOf?: MetricId;
}

export type Metric = BaseMetric | RatioMetric | BoundMetric | ReportMetric;

const base = (
	facts: FactName | readonly FactName[],
	sql: string,
	text: MetricText,
	additive: Additivity,
	{ empty = 0, per }: Partial<Pick<BaseMetric, 'empty' | 'per'>> = {}
): BaseMetric => ({
	kind: 'base',
	facts: typeof facts === 'string' ? [facts] : facts,
	sql,
	additive,
	empty,
	...(per === undefined ? {} : { per }),
	...text
});
const ratio = (
	numerator: MetricId,
	denominator: MetricId,
	text: MetricText,
	scale?: number
): RatioMetric => ({
	kind: 'ratio',
	numerator,
	denominator,
	additive: NOTHING,
	...(scale === undefined ? {} : { scale }),
	...text
});
const bound = (of: MetricId, end: 'low' | 'high', label: string): BoundMetric => ({
	kind: 'bound',
	of,
	end,
	label,
	unit: 'ratio',
	direction: 'neutral',
	definition: `${end === 'low' ? 'Lower' : 'Upper'} end of the 95 % Wilson interval of ${label.replace(/, .*$/, '')}.`,
	additive: NOTHING
});
const report = (
	from: SourceName | readonly SourceName[],
	text: MetricText,
	additive: Additivity = NOTHING,
	shareOf?: MetricId
): ReportMetric => ({
	kind: 'report',
	from: typeof from === 'string' ? [from] : from,
	additive,
	...(shareOf === undefined ? {} : { shareOf }),
	...text
});
const typical = (rank: string, which: string): ReportMetric =>
	report(['readings', 'catalogue'], {
		label: `Typical, ${rank}`,
		unit: 'count',
		direction: 'neutral',
		definition: `${which} of the readers that the previous 30 posts had at this age.`
	});
const count = (label: string, definition: string, direction: Direction = 'more'): MetricText => ({
	label,
	unit: 'count',
	direction,
	definition
});
const share = (label: string, definition: string, direction: Direction = 'more'): MetricText => ({
	label,
	unit: 'ratio',
	direction,
	definition
});
const estimate = (of: string): ReportMetric =>
	report(['readings', 'catalogue'], {
		label: `${of}, estimate`,
		unit: 'ratio',
		direction: 'more',
		definition: `${of} drawn towards the usual rate of the blog’s posts, the more the fewer readers the post has (empirical Bayes).`
	});
const floor = (of: string): ReportMetric =>
	report(['readings', 'catalogue'], {
		label: `${of}, floor`,
		unit: 'ratio',
		direction: 'more',
		definition: `${of} that the post exceeds with 95 % probability (5 % quantile of the estimate); posts rank by it.`
	});

/** Visitors of each day, over rows `f`: how every metric that tells visitors apart begins. */
export const DISTINCT_VISITORS = 'count(distinct f.visitor)';

const READER_DAYS = (condition: string): string =>
	`${DISTINCT_VISITORS} filter (where f.views > 0 and f.post_id is not null${condition})`;

export type MetricId =
	| 'visitors'
	| 'visits'
	| 'bounces'
	| 'bounce_rate'
	| 'viewing_visits'
	| 'visit_page_views'
	| 'views_per_visit'
	| 'visit_seconds'
	| 'visit_seconds_avg'
	| 'page_views'
	| 'readers'
	| 'reads'
	| 'measured_page_views'
	| 'read_ratio'
	| 'engaged_seconds'
	| 'engaged_seconds_avg'
	| 'engaged_seconds_median'
	| 'depth_sum'
	| 'depth_readers'
	| 'depth_avg'
	| 'entrances'
	| 'exits'
	| 'post_visits'
	| 'recirculated_visits'
	| 'recirculation_rate'
	| 'cta_eligible'
	| 'cta_impressions'
	| 'viewability_rate'
	| 'cta_clicks'
	| 'cta_exposed'
	| 'cta_clickers'
	| 'cta_ctr'
	| 'cta_ctr_low'
	| 'cta_ctr_high'
	| 'subscribes'
	| 'subscribed_readers'
	| 'subscribe_rate'
	| 'subscribe_rate_low'
	| 'subscribe_rate_high'
	| 'subscribe_rate_estimate'
	| 'subscribe_rate_floor'
	| 'conversions'
	| 'converted_readers'
	| 'conversion_rate'
	| 'conversion_rate_low'
	| 'conversion_rate_high'
	| 'conversion_rate_estimate'
	| 'conversion_rate_floor'
	| 'conversions_per_1000_readers'
	| 'comments'
	| 'posts'
	| 'posts_published'
	| 'median_first_30_day_readers'
	| 'reader_share'
	| 'post_share'
	| 'direct'
	| 'first'
	| 'last'
	| 'linear'
	| 'readers_cumulative'
	| 'typical_p10'
	| 'typical_p25'
	| 'typical_p50'
	| 'typical_p75'
	| 'typical_p90';

/** The one definition of every metric. Screens, API, CSV, docs and tests read it. */
export const METRICS: Readonly<Record<MetricId, Metric>> = {
	visitors: base(
		['visits', 'readings'],
		DISTINCT_VISITORS,
		count(
			'Visitors',
			'Distinct visitors per local day, summed over the days: a person who comes back the next day counts again.'
		),
		VISITOR_DAYS
	),
	visits: base(
		'visits',
		'count(*)',
		count(
			'Visits',
			'A visitor’s events with gaps of at most 30 minutes within one local day, counted where they start.'
		),
		EVENTS
	),
	bounces: base(
		'visits',
		'count(*) filter (where f.bounced)',
		count(
			'Bounces',
			'Visits with one page view, less than 10 seconds engaged and no conversion.',
			'less'
		),
		EVENTS
	),
	bounce_rate: ratio(
		'bounces',
		'visits',
		share(
			'Bounce rate',
			'Bounces divided by visits. One whole article read attentively is not a bounce.',
			'less'
		)
	),
	viewing_visits: base(
		'views',
		'count(distinct (f.visitor, f.visit))',
		count('Visits with a page view', 'Visits that viewed a page of the row.'),
		VISITOR_DAYS
	),
	visit_page_views: base(
		'visits',
		'sum(f.page_views)',
		count('Page views of visits', 'Page views of the visits that started in the range.'),
		EVENTS
	),
	views_per_visit: ratio(
		'visit_page_views',
		'visits',
		count('Page views per visit', 'Page views of visits divided by visits.')
	),
	visit_seconds: base(
		'visits',
		'sum(f.last_ts - f.ts)',
		{
			label: 'Time of visits',
			unit: 'seconds',
			direction: 'more',
			definition: 'Time from the first to the last event of each visit, whether engaged or not.'
		},
		EVENTS,
		{ per: 1000 }
	),
	visit_seconds_avg: ratio('visit_seconds', 'visits', {
		label: 'Visit duration',
		unit: 'seconds',
		direction: 'more',
		definition: 'Mean time from the first to the last event of a visit, whether engaged or not.'
	}),
	page_views: base('views', 'count(*)', count('Page views', 'Accepted page views.'), EVENTS),
	readers: base(
		'readings',
		READER_DAYS(''),
		count(
			'Readers',
			'Distinct visitors per day with at least one page view of a post. A reader of two posts of one topic is one reader of that topic.'
		),
		VISITOR_DAYS
	),
	reads: base(
		'views',
		'count(*) filter (where f.is_read)',
		count(
			'Reads',
			'Measured page views that reached three quarters of the article and at least a quarter of its expected reading time.'
		),
		EVENTS
	),
	measured_page_views: base(
		'views',
		'count(*) filter (where f.measured)',
		count(
			'Measured page views',
			'Page views sent by a client that measures engagement.',
			'neutral'
		),
		EVENTS
	),
	read_ratio: ratio(
		'reads',
		'measured_page_views',
		share('Read ratio', 'Reads divided by measured page views.')
	),
	engaged_seconds: base(
		'views',
		'sum(f.engaged_ms) filter (where f.measured)',
		{
			label: 'Engaged time, total',
			unit: 'seconds',
			direction: 'more',
			definition:
				'Time with the page visible, the window focused and an interaction within the last 30 seconds.'
		},
		EVENTS,
		{ per: 1000 }
	),
	engaged_seconds_avg: ratio('engaged_seconds', 'measured_page_views', {
		label: 'Engaged time',
		unit: 'seconds',
		direction: 'more',
		definition:
			'Mean engaged time per measured page view: page visible, window focused and an interaction within the last 30 seconds.'
	}),
	engaged_seconds_median: base(
		'views',
		'quantile_cont(f.engaged_ms, 0.5) filter (where f.measured)',
		{
			label: 'Median engaged time',
			unit: 'seconds',
			direction: 'more',
			definition: 'Median engaged time per measured page view.'
		},
		NOTHING,
		{ empty: null, per: 1000 }
	),
	depth_sum: base(
		'readings',
		'sum(f.depth)',
		{
			label: 'Depth, summed',
			unit: 'percent_depth',
			direction: 'neutral',
			definition:
				'Sum over readers of the greatest share of the article they reached that day, 0 to 100 each.'
		},
		EVENTS
	),
	depth_readers: base(
		'readings',
		'count(f.depth)',
		count('Readers with a depth', 'Readers of a page whose depth was measured, by day.', 'neutral'),
		EVENTS
	),
	depth_avg: ratio('depth_sum', 'depth_readers', {
		label: 'Depth',
		unit: 'percent_depth',
		direction: 'more',
		definition: 'Mean over readers of the greatest share of the article they reached, 0 to 100.'
	}),
	entrances: base(
		'readings',
		'sum(f.entrances)',
		count('Entrances', 'Visits whose first page view was on the page.'),
		EVENTS
	),
	exits: base(
		'readings',
		'sum(f.exits)',
		count('Exits', 'Visits whose last page view was on the page.', 'neutral'),
		EVENTS
	),
	post_visits: base(
		'readings',
		'sum(f.visits) filter (where f.post_id is not null)',
		count('Visits with the post', 'Visits that viewed the post.'),
		EVENTS
	),
	recirculated_visits: base(
		'readings',
		'sum(f.recirculated_visits) filter (where f.post_id is not null)',
		count('Recirculated visits', 'Visits that viewed another post after this one.'),
		EVENTS
	),
	recirculation_rate: ratio(
		'recirculated_visits',
		'post_visits',
		share(
			'Recirculation',
			'Visits that viewed another post after this one, divided by visits that viewed this post.'
		)
	),
	cta_eligible: base(
		'cta_exposures',
		'sum(f.eligible)',
		count('Eligible', 'Page views on which the call to action existed.', 'neutral'),
		EVENTS
	),
	cta_impressions: base(
		'cta_exposures',
		'sum(f.impressions)',
		count(
			'CTA impressions',
			'Viewable impressions: at least half of the pixels in view for one continuous second, at most one per page view.'
		),
		EVENTS
	),
	viewability_rate: ratio(
		'cta_impressions',
		'cta_eligible',
		share('Viewability', 'Viewable impressions divided by eligible page views.')
	),
	cta_clicks: base(
		'cta_exposures',
		'sum(f.clicks)',
		count('CTA clicks', 'Clicks on calls to action, keyboard activation included.'),
		EVENTS
	),
	cta_exposed: base(
		'cta_exposures',
		`${DISTINCT_VISITORS} filter (where f.impressions > 0)`,
		count('Exposed', 'Distinct visitors per day with a viewable impression.'),
		VISITOR_DAYS
	),
	cta_clickers: base(
		'cta_exposures',
		`${DISTINCT_VISITORS} filter (where f.clicks > 0)`,
		count('Clickers', 'Distinct visitors per day with a click.'),
		VISITOR_DAYS
	),
	cta_ctr: ratio(
		'cta_clickers',
		'cta_exposed',
		share('CTR', 'Clickers divided by exposed: always between 0 and 1.')
	),
	cta_ctr_low: bound('cta_ctr', 'low', 'CTR, low'),
	cta_ctr_high: bound('cta_ctr', 'high', 'CTR, high'),
	subscribes: base(
		'readings',
		'sum(f.subscribes)',
		count('Subscribes', 'Subscribe events, at most one per visitor, day and form.'),
		EVENTS
	),
	subscribed_readers: base(
		'readings',
		READER_DAYS(' and f.subscribed'),
		count('Readers who subscribed', 'Readers who subscribed on the post.'),
		VISITOR_DAYS
	),
	subscribe_rate: ratio(
		'subscribed_readers',
		'readers',
		share('Subscribe rate', 'Readers who subscribed on the page divided by readers.')
	),
	subscribe_rate_low: bound('subscribe_rate', 'low', 'Subscribe rate, low'),
	subscribe_rate_high: bound('subscribe_rate', 'high', 'Subscribe rate, high'),
	subscribe_rate_estimate: estimate('Subscribe rate'),
	subscribe_rate_floor: floor('Subscribe rate'),
	conversions: base(
		'readings',
		'count(*) filter (where f.converted)',
		count(
			'Conversions',
			'Visitors per day who subscribed or clicked a call to action that counts as a goal, counted on each page where that happened.'
		),
		EVENTS
	),
	converted_readers: base(
		'readings',
		READER_DAYS(' and f.converted'),
		count('Readers who converted', 'Readers who converted on the post.'),
		VISITOR_DAYS
	),
	conversion_rate: ratio(
		'converted_readers',
		'readers',
		share('Conversion rate', 'Readers who converted on the page divided by readers.')
	),
	conversion_rate_low: bound('conversion_rate', 'low', 'Conversion rate, low'),
	conversion_rate_high: bound('conversion_rate', 'high', 'Conversion rate, high'),
	conversion_rate_estimate: estimate('Conversion rate'),
	conversion_rate_floor: floor('Conversion rate'),
	conversions_per_1000_readers: ratio(
		'conversions',
		'readers',
		{
			label: 'Conversions per 1,000 readers',
			unit: 'per_1000',
			direction: 'more',
			definition: 'Conversions for every thousand readers.'
		},
		1000
	),
	comments: base(
		'readings',
		'sum(f.comments)',
		count(
			'Comments',
			'Comment events; of posts whose catalogue carries a count of comments, its growth.'
		),
		EVENTS
	),
	posts: base(
		'catalogue',
		'count(*)',
		count('Posts', 'Posts in the catalogue.', 'neutral'),
		NOTHING
	),
	posts_published: report(
		'catalogue',
		count('Published in the period', 'Posts published within the period.', 'neutral'),
		PUBLICATIONS
	),
	median_first_30_day_readers: report(
		['readings', 'catalogue'],
		count(
			'Median first-30-day readers',
			'Median of the readers a post had within 30 days of publication, over posts at least 30 days old whose first 30 days are recorded.'
		)
	),
	reader_share: report(
		'readings',
		share('Share of readers', 'Readers of the row divided by readers of the blog.', 'neutral'),
		NOTHING,
		'readers'
	),
	post_share: report(
		'catalogue',
		share('Share of posts', 'Posts of the row divided by posts of the blog.', 'neutral'),
		NOTHING,
		'posts'
	),
	direct: report(
		'conversions',
		count('Direct', 'Conversions, each credited to the post on whose page it happened.'),
		CREDITS
	),
	first: report(
		'conversions',
		count('First post', 'Conversions, each credited to the first post viewed that day up to it.'),
		CREDITS
	),
	last: report(
		'conversions',
		count(
			'Last post',
			'Conversions, each credited to the post it happened on, else to the last post viewed before it that day.'
		),
		CREDITS
	),
	linear: report(
		'conversions',
		count(
			'Linear',
			'Conversions, each shared out in equal parts to the posts viewed that day up to it.'
		),
		CREDITS
	),
	readers_cumulative: report(
		'readings',
		count('Readers so far', 'Readers from publication up to this age.')
	),
	typical_p10: typical('10th percentile', 'The 10th percentile'),
	typical_p25: typical('25th percentile', 'The 25th percentile'),
	typical_p50: typical('median', 'The median'),
	typical_p75: typical('75th percentile', 'The 75th percentile'),
	typical_p90: typical('90th percentile', 'The 90th percentile')
};
