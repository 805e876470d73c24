/** What a number counts in. `ratio` and its bounds are decimals between 0 and 1; `seconds` are decimals. */
export type Unit = 'count' | 'ratio' | 'seconds' | 'percent_depth' | 'per_1000';
export type Direction = 'more' | 'less' | 'neutral';
/** The derived table a base metric is summed from. */
export type FactName = 'readings' | 'views' | 'visits' | 'cta_exposures' | 'catalogue';

interface MetricText {
	readonly label: string;
	readonly unit: Unit;
	readonly direction: Direction;
	/** One sentence for screens, API document and docs. */
	readonly definition: string;
}

/** A metric the store aggregates itself. */
export interface BaseMetric extends MetricText {
	readonly kind: 'base';
	/** Facts over which the same expression is exact; the first that knows every dimension asked for is used. */
	readonly facts: readonly FactName[];
	/** Aggregate over the fact's rows, written against its alias `f`. */
	readonly sql: string;
	/** What a group without rows has. */
	readonly empty: 0 | null;
}

/** numerator / denominator x scale; missing where the denominator is zero. */
export interface RatioMetric extends MetricText {
	readonly kind: 'ratio';
	readonly numerator: MetricId;
	readonly denominator: MetricId;
	readonly scale?: number;
}

/** One end of the 95 % Wilson interval of a ratio. */
export interface BoundMetric extends MetricText {
	readonly kind: 'bound';
	readonly of: MetricId;
	readonly end: 'low' | 'high';
}

/** A metric a report works out from more than its own rows. */
export interface ReportMetric extends MetricText {
	readonly kind: 'report';
}

export type Metric = BaseMetric | RatioMetric | BoundMetric | ReportMetric;

const base = (
	facts: FactName | readonly FactName[],
	sql: string,
	text: MetricText,
	empty: 0 | null = 0
): BaseMetric => ({
	kind: 'base',
	facts: typeof facts === 'string' ? [facts] : facts,
	sql,
	empty,
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
	definition: `${end === 'low' ? 'Lower' : 'Upper'} end of the 95 % Wilson interval.`
});
const report = (text: MetricText): ReportMetric => ({ kind: 'report', ...text });
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

const READER_DAYS = (condition: string): string =>
	`count(distinct (f.day, f.visitor)) filter (where f.views > 0 and f.post_id is not null${condition})`;

export type MetricId =
	| 'visitors'
	| 'visits'
	| 'bounces'
	| 'bounce_rate'
	| 'page_views'
	| 'readers'
	| 'reads'
	| 'measured_page_views'
	| 'read_ratio'
	| 'engaged_seconds'
	| 'engaged_seconds_avg'
	| 'engaged_seconds_median'
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
	| 'conversions'
	| 'converted_readers'
	| 'conversion_rate'
	| 'conversion_rate_low'
	| 'conversion_rate_high'
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
		'count(distinct (f.day, f.visitor))',
		count(
			'Visitors',
			'Distinct visitors per local day, summed over the days: a person who comes back the next day counts again.'
		)
	),
	visits: base(
		'visits',
		'count(*)',
		count(
			'Visits',
			'A visitor’s events with gaps of at most 30 minutes within one local day, counted where they start.'
		)
	),
	bounces: base(
		'visits',
		'count(*) filter (where f.bounced)',
		count(
			'Bounces',
			'Visits with one page view, less than 10 seconds engaged and no conversion.',
			'less'
		)
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
	page_views: base('views', 'count(*)', count('Page views', 'Accepted page views.')),
	readers: base(
		'readings',
		READER_DAYS(''),
		count(
			'Readers',
			'Distinct visitors per day with at least one page view of a post. A reader of two posts of one topic is one reader of that topic.'
		)
	),
	reads: base(
		'views',
		'count(*) filter (where f.is_read)',
		count(
			'Reads',
			'Measured page views that reached three quarters of the article and at least a quarter of its expected reading time.'
		)
	),
	measured_page_views: base(
		'views',
		'count(*) filter (where f.measured)',
		count('Measured page views', 'Page views sent by a client that measures engagement.', 'neutral')
	),
	read_ratio: ratio(
		'reads',
		'measured_page_views',
		share('Read ratio', 'Reads divided by measured page views.')
	),
	engaged_seconds: base('views', 'sum(f.engaged_ms) filter (where f.measured) / 1000.0', {
		label: 'Engaged time',
		unit: 'seconds',
		direction: 'more',
		definition:
			'Time with the page visible, the window focused and an interaction within the last 30 seconds.'
	}),
	engaged_seconds_avg: ratio('engaged_seconds', 'measured_page_views', {
		label: 'Engaged time',
		unit: 'seconds',
		direction: 'more',
		definition:
			'Mean engaged time per measured page view: page visible, window focused and an interaction within the last 30 seconds.'
	}),
	engaged_seconds_median: base(
		'views',
		'quantile_cont(f.engaged_ms, 0.5) filter (where f.measured) / 1000.0',
		{
			label: 'Median engaged time',
			unit: 'seconds',
			direction: 'more',
			definition: 'Median engaged time per measured page view.'
		},
		null
	),
	depth_avg: base(
		'readings',
		'avg(f.depth)',
		{
			label: 'Depth',
			unit: 'percent_depth',
			direction: 'more',
			definition: 'Mean over readers of the greatest share of the article they reached, 0 to 100.'
		},
		null
	),
	entrances: base(
		'readings',
		'sum(f.entrances)',
		count('Entrances', 'Visits whose first page view was on the page.')
	),
	exits: base(
		'readings',
		'sum(f.exits)',
		count('Exits', 'Visits whose last page view was on the page.', 'neutral')
	),
	post_visits: base(
		'readings',
		'sum(f.visits) filter (where f.post_id is not null)',
		count('Visits with the post', 'Visits that viewed the post.')
	),
	recirculated_visits: base(
		'readings',
		'sum(f.recirculated_visits) filter (where f.post_id is not null)',
		count('Recirculated visits', 'Visits that viewed another post after this one.')
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
		count('Eligible', 'Page views on which the call to action existed.', 'neutral')
	),
	cta_impressions: base(
		'cta_exposures',
		'sum(f.impressions)',
		count(
			'CTA impressions',
			'Viewable impressions: at least half of the pixels in view for one continuous second, at most one per page view.'
		)
	),
	viewability_rate: ratio(
		'cta_impressions',
		'cta_eligible',
		share('Viewability', 'Viewable impressions divided by eligible page views.')
	),
	cta_clicks: base(
		'cta_exposures',
		'sum(f.clicks)',
		count('CTA clicks', 'Clicks on calls to action, keyboard activation included.')
	),
	cta_exposed: base(
		'cta_exposures',
		'count(distinct (f.day, f.visitor)) filter (where f.impressions > 0)',
		count('Exposed', 'Distinct visitors per day with a viewable impression.')
	),
	cta_clickers: base(
		'cta_exposures',
		'count(distinct (f.day, f.visitor)) filter (where f.clicks > 0)',
		count('Clickers', 'Distinct visitors per day with a click.')
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
		count('Subscribes', 'Subscribe events, at most one per visitor, day and form.')
	),
	subscribed_readers: base(
		'readings',
		READER_DAYS(' and f.subscribed'),
		count('Readers who subscribed', 'Readers who subscribed on the post.')
	),
	subscribe_rate: ratio(
		'subscribed_readers',
		'readers',
		share('Subscribe rate', 'Readers who subscribed on the page divided by readers.')
	),
	subscribe_rate_low: bound('subscribe_rate', 'low', 'Subscribe rate, low'),
	subscribe_rate_high: bound('subscribe_rate', 'high', 'Subscribe rate, high'),
	conversions: base(
		'readings',
		'count(*) filter (where f.converted)',
		count(
			'Conversions',
			'Visitors per day who subscribed or clicked a call to action that counts as a goal, counted on each page where that happened.'
		)
	),
	converted_readers: base(
		'readings',
		READER_DAYS(' and f.converted'),
		count('Readers who converted', 'Readers who converted on the post.')
	),
	conversion_rate: ratio(
		'converted_readers',
		'readers',
		share('Conversion rate', 'Readers who converted on the page divided by readers.')
	),
	conversion_rate_low: bound('conversion_rate', 'low', 'Conversion rate, low'),
	conversion_rate_high: bound('conversion_rate', 'high', 'Conversion rate, high'),
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
	comments: base('readings', 'sum(f.comments)', count('Comments', 'Comment events.')),
	posts: base('catalogue', 'count(*)', count('Posts', 'Posts in the catalogue.', 'neutral')),
	posts_published: report(
		count('Published in the period', 'Posts published within the period.', 'neutral')
	),
	median_first_30_day_readers: report(
		count(
			'Median first-30-day readers',
			'Median of the readers a post had within 30 days of publication, over posts at least 30 days old whose first 30 days are recorded.'
		)
	),
	reader_share: report(
		share('Share of readers', 'Readers of the row divided by readers of the blog.', 'neutral')
	),
	post_share: report(
		share('Share of posts', 'Posts of the row divided by posts of the blog.', 'neutral')
	),
	direct: report(
		count('Direct', 'Conversions, each credited to the post on whose page it happened.')
	),
	first: report(
		count('First post', 'Conversions, each credited to the first post viewed that day up to it.')
	),
	last: report(
		count(
			'Last post',
			'Conversions, each credited to the post it happened on, else to the last post viewed before it that day.'
		)
	),
	linear: report(
		count(
			'Linear',
			'Conversions, each shared out in equal parts to the posts viewed that day up to it.'
		)
	),
	readers_cumulative: report(count('Readers so far', 'Readers from publication up to this age.')),
	typical_p10: report(
		count('Typical, 10th percentile', 'Of the previous 30 posts at this age.', 'neutral')
	),
	typical_p25: report(
		count('Typical, 25th percentile', 'Of the previous 30 posts at this age.', 'neutral')
	),
	typical_p50: report(count('Typical, median', 'Of the previous 30 posts at this age.', 'neutral')),
	typical_p75: report(
		count('Typical, 75th percentile', 'Of the previous 30 posts at this age.', 'neutral')
	),
	typical_p90: report(
		count('Typical, 90th percentile', 'Of the previous 30 posts at this age.', 'neutral')
	)
};
