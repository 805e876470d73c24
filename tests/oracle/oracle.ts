import type { Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { Site } from '../../analytics/posts/site.ts';
import type { DateRange, Row } from '../../analytics/reports/result.ts';
import { factsOf } from './facts.ts';
import type { Exposure, Reading, Visit } from './facts.ts';
import { datesBetween, localDay } from './local-day.ts';
import {
	ctaMetrics,
	readerMetrics,
	readingMetrics,
	viewMetrics,
	visitMetrics
} from './metric-values.ts';
import { quantile, ratio, sum } from './statistics.ts';

const HOUR = 3_600_000;
const THIRTY_DAYS = 30 * 86_400_000;

/** A whole question: everything recorded, and what is asked of it. */
export interface Question {
	readonly site: Site;
	readonly posts: readonly Post[];
	/** In order of arrival, without repeats. Those of other sites are ignored. */
	readonly events: readonly Event[];
	readonly range: DateRange;
	readonly now: number;
}

interface Answer {
	readonly rows: readonly Row[];
	/** Over everything in the range, pages that are no post included. */
	readonly totals: Row;
	/** Over the posts of the catalogue only. */
	readonly postTotals: Row;
}

/** Key columns, then metric columns, of each report. Rows may carry further metrics. */
export const ORACLE_COLUMNS = {
	overview: [
		['date'],
		'visitors visits page_views readers reads measured_page_views engaged_seconds_avg bounce_rate subscribes cta_impressions cta_clicks conversions'
	],
	posts: [
		['post_id', 'path', 'title', 'authors', 'topics', 'published_at'],
		'page_views readers reads measured_page_views read_ratio engaged_seconds_avg engaged_seconds_median depth_avg entrances exits recirculation_rate cta_exposed cta_clickers cta_ctr subscribes subscribe_rate subscribe_rate_low subscribe_rate_high conversions conversion_rate conversion_rate_low conversion_rate_high comments'
	],
	topics: [
		['topic'],
		'posts posts_published page_views readers reads read_ratio subscribes subscribe_rate subscribe_rate_low subscribe_rate_high conversions conversions_per_1000_readers median_first_30_day_readers reader_share post_share'
	],
	authors: [
		['author'],
		'posts posts_published page_views readers reads read_ratio subscribes subscribe_rate subscribe_rate_low subscribe_rate_high conversions conversions_per_1000_readers median_first_30_day_readers reader_share post_share'
	],
	ctas: [
		['cta', 'placement', 'variant', 'path'],
		'cta_eligible cta_impressions viewability_rate cta_clicks cta_exposed cta_clickers cta_ctr cta_ctr_low cta_ctr_high'
	],
	recent: [
		['post_id', 'path', 'title', 'published_at', 'age_hours'],
		'readers_cumulative typical_p10 typical_p25 typical_p50 typical_p75 typical_p90'
	],
	sources: [
		['channel', 'source'],
		'visitors visits page_views readers reads subscribes subscribe_rate subscribe_rate_low subscribe_rate_high conversions bounce_rate'
	],
	attribution: [['post_id', 'path', 'title'], 'direct first last linear']
} as const satisfies Readonly<Record<string, readonly [readonly string[], string]>>;

export type OracleReport = keyof typeof ORACLE_COLUMNS;

interface Slice {
	readonly visits: readonly Visit[];
	readonly readings: readonly Reading[];
	readonly exposures: readonly Exposure[];
}

function everything(question: Question): Slice {
	const own = question.events.filter((event) => event.site === question.site.id);
	return factsOf(own, question.posts);
}

function inRange(question: Question): Slice {
	const { from, to } = question.range;
	const within = (fact: { readonly day: string }): boolean => fact.day >= from && fact.day <= to;
	const { visits, readings, exposures } = everything(question);
	return {
		visits: visits.filter(within),
		readings: readings.filter(within),
		exposures: exposures.filter(within)
	};
}

/** The part of a slice on the pages of some posts. */
function onPosts(slice: Slice, posts: readonly Post[]): Slice {
	const paths = new Set(posts.map((post) => post.path));
	return {
		visits: [],
		readings: slice.readings.filter((reading) => paths.has(reading.page)),
		exposures: slice.exposures.filter((exposure) => paths.has(exposure.page))
	};
}

const pageMetrics = (slice: Slice): Row => ({
	...viewMetrics(slice.readings.flatMap((reading) => reading.views)),
	...readingMetrics(slice.readings),
	...ctaMetrics(slice.exposures)
});

const allMetrics = (slice: Slice): Row => ({
	...visitMetrics(slice.visits),
	...pageMetrics(slice)
});

function firstEventTs(question: Question): number | null {
	const times = question.events.filter((e) => e.site === question.site.id).map((e) => e.ts);
	return times.length === 0 ? null : Math.min(...times);
}

/** Readers a post had from its publication until it was `age` milliseconds old. */
function readersWithin(readings: readonly Reading[], post: Post, age: number): number {
	const published = post.publishedAt;
	if (published === null) return 0;
	return readings.filter((reading) => {
		const first = reading.views[0]?.step.event.ts;
		return (
			reading.post?.id === post.id &&
			first !== undefined &&
			first >= published &&
			first < published + age
		);
	}).length;
}

/** True where nothing of the post's life is older than the site's first event. */
function isRecorded(post: Post, firstTs: number | null): boolean {
	return post.publishedAt !== null && firstTs !== null && post.publishedAt >= firstTs;
}

const isoOrNull = (ts: number | null): string | null =>
	ts === null ? null : new Date(ts).toISOString();

/** One row for each local day of the range. */
function overview(question: Question): Answer {
	const slice = inRange(question);
	const rows = datesBetween(question.range.from, question.range.to).map((date) => {
		const ofDay = (fact: { readonly day: string }): boolean => fact.day === date;
		return {
			date,
			...allMetrics({
				visits: slice.visits.filter(ofDay),
				readings: slice.readings.filter(ofDay),
				exposures: slice.exposures.filter(ofDay)
			})
		};
	});
	return {
		rows,
		totals: allMetrics(slice),
		postTotals: pageMetrics(onPosts(slice, question.posts))
	};
}

/** One row for each post of the catalogue. */
function posts(question: Question): Answer {
	const slice = inRange(question);
	const rows = question.posts.map((post) => ({
		post_id: post.id,
		path: post.path,
		title: post.title,
		authors: post.authors,
		topics: post.topics,
		published_at: isoOrNull(post.publishedAt),
		...pageMetrics(onPosts(slice, [post]))
	}));
	return {
		rows,
		totals: pageMetrics(slice),
		postTotals: pageMetrics(onPosts(slice, question.posts))
	};
}

function catalogueMetrics(
	question: Question,
	group: readonly Post[],
	allReadings: readonly Reading[]
): Row {
	const { from, to } = question.range;
	const published = group.filter((post) => {
		if (post.publishedAt === null) return false;
		const { day } = localDay(post.publishedAt, question.site.zone);
		return day >= from && day <= to;
	});
	const firstTs = firstEventTs(question);
	const grown = group.filter(
		(post) =>
			isRecorded(post, firstTs) &&
			post.publishedAt !== null &&
			question.now - post.publishedAt >= THIRTY_DAYS
	);
	const firstReaders = grown.map((post) => readersWithin(allReadings, post, THIRTY_DAYS));
	return {
		posts: group.length,
		posts_published: published.length,
		median_first_30_day_readers: quantile(firstReaders, 0.5),
		post_share: ratio(group.length, question.posts.length)
	};
}

function byLabel(
	question: Question,
	key: string,
	labels: (post: Post) => readonly string[]
): Answer {
	const slice = inRange(question);
	const allReadings = everything(question).readings;
	const blogReaders = Number(readerMetrics(slice.readings)['readers']);
	const metrics = (group: readonly Post[], part: Slice): Row => {
		const values = pageMetrics(part);
		return {
			...values,
			...catalogueMetrics(question, group, allReadings),
			reader_share: ratio(Number(values['readers']), blogReaders)
		};
	};
	const rows = [...new Set(question.posts.flatMap(labels))].map((label) => {
		const group = question.posts.filter((post) => labels(post).includes(label));
		return { [key]: label, ...metrics(group, onPosts(slice, group)) };
	});
	return {
		rows,
		totals: metrics(question.posts, slice),
		postTotals: metrics(question.posts, onPosts(slice, question.posts))
	};
}

/** One row for each topic of the catalogue. */
function topics(question: Question): Answer {
	return byLabel(question, 'topic', (post) => post.topics);
}

/** One row for each author of the catalogue. */
function authors(question: Question): Answer {
	return byLabel(question, 'author', (post) => post.authors);
}

const CTA_KEYS: Readonly<Record<string, (exposure: Exposure) => string>> = {
	cta: ({ cta }) => cta.id,
	placement: ({ cta }) => cta.placement,
	variant: ({ cta }) => cta.variant,
	path: ({ page }) => page
};

/** One row for each combination of the keys (columns of the report) that existed in the range. */
export function ctasBy(question: Question, keys: readonly string[]): Answer {
	const slice = inRange(question);
	const keysOf = (exposure: Exposure): Row =>
		Object.fromEntries(keys.map((key) => [key, CTA_KEYS[key]?.(exposure) ?? null]));
	const groups = Map.groupBy(slice.exposures, (exposure) => JSON.stringify(keysOf(exposure)));
	const rows = [...groups.values()].flatMap((group): Row[] => {
		const [first] = group;
		return first ? [{ ...keysOf(first), ...ctaMetrics(group) }] : [];
	});
	return {
		rows,
		totals: ctaMetrics(slice.exposures),
		postTotals: ctaMetrics(onPosts(slice, question.posts).exposures)
	};
}

/** One row for each CTA, placement, variant and page on which it existed in the range. */
function ctas(question: Question): Answer {
	return ctasBy(question, ['cta', 'placement', 'variant', 'path']);
}

/** The typical readers at an age; missing with fewer than three posts to compare with. */
function band(readers: readonly number[]): Row {
	const at = (q: number): number | null => (readers.length < 3 ? null : quantile(readers, q));
	return {
		typical_p10: at(0.1),
		typical_p25: at(0.25),
		typical_p50: at(0.5),
		typical_p75: at(0.75),
		typical_p90: at(0.9)
	};
}

/** The newest ten posts, newest first; the range plays no part. */
function recent(question: Question): Answer {
	const { readings } = everything(question);
	const firstTs = firstEventTs(question);
	const published = question.posts
		.flatMap((post) => (post.publishedAt === null ? [] : { post, at: post.publishedAt }))
		.filter(({ at }) => at <= question.now)
		.toSorted((a, b) => b.at - a.at || b.post.id - a.post.id);
	const rows = published.slice(0, 10).map(({ post, at }) => {
		const ageHours = Math.floor((question.now - at) / HOUR);
		const age = ageHours * HOUR;
		const previous = published
			.filter((other) => other.at < at && question.now - other.at >= age)
			.filter((other) => isRecorded(other.post, firstTs))
			.slice(0, 30)
			.map((other) => readersWithin(readings, other.post, age));
		return {
			post_id: post.id,
			path: post.path,
			title: post.title,
			published_at: isoOrNull(at),
			age_hours: ageHours,
			readers_cumulative: readersWithin(readings, post, age),
			...band(previous)
		};
	});
	return { rows, totals: {}, postTotals: {} };
}

const VISIT_KEYS: Readonly<Record<string, (visit: Visit) => string>> = {
	channel: ({ channel }) => channel,
	source: ({ source }) => source,
	referrer: ({ origin }) => origin?.referrer ?? '',
	utm_source: ({ origin }) => origin?.utmSource ?? '',
	utm_medium: ({ origin }) => origin?.utmMedium ?? '',
	utm_campaign: ({ origin }) => origin?.utmCampaign ?? '',
	utm_content: ({ origin }) => origin?.utmContent ?? '',
	utm_term: ({ origin }) => origin?.utmTerm ?? ''
};

/** One row for each combination of the keys among the visits in the range. */
export function sourcesBy(question: Question, keys: readonly string[]): Answer {
	const slice = inRange(question);
	const keysOf = (visit: Visit): Row =>
		Object.fromEntries(keys.map((key) => [key, VISIT_KEYS[key]?.(visit) ?? null]));
	const groups = Map.groupBy(slice.visits, (visit) => JSON.stringify(keysOf(visit)));
	const rows = [...groups.values()].flatMap((visits): readonly Row[] => {
		const [first] = visits;
		if (!first) return [];
		const readings = slice.readings.filter((reading) => visits.includes(reading.visit));
		const row = {
			...keysOf(first),
			...visitMetrics(visits),
			...readingMetrics(readings),
			// A page view belongs to the visit it happened in; a reader to the visit that came first.
			...viewMetrics(visits.flatMap((visit) => visit.views))
		};
		return [row];
	});
	return {
		rows,
		totals: allMetrics(slice),
		postTotals: pageMetrics(onPosts(slice, question.posts))
	};
}

/** One row for each channel and source of the visits in the range. */
function sources(question: Question): Answer {
	return sourcesBy(question, ['channel', 'source']);
}

const CREDIT_MODELS = ['direct', 'first', 'last', 'linear'] as const;

/** Credits of each visitor-day's conversions over the posts viewed before each. */
function attribution(question: Question): Answer {
	const visitorDays = Map.groupBy(
		inRange(question).visits,
		(visit) => `${visit.day} ${visit.visitor}`
	);
	const credits = new Map<number | null, Record<string, number>>();
	const give = (post: Post | null, model: string, share: number): void => {
		const row = credits.get(post?.id ?? null) ?? { direct: 0, first: 0, last: 0, linear: 0 };
		credits.set(post?.id ?? null, { ...row, [model]: (row[model] ?? 0) + share });
	};
	for (const visits of visitorDays.values()) {
		const steps = visits.flatMap((visit) => visit.steps).toSorted((a, b) => a.index - b.index);
		const pages = new Set<string>();
		for (const step of steps) {
			if (!['subscribe', 'cta_click'].includes(step.event.name) || pages.has(step.page)) continue;
			pages.add(step.page);
			const seen = steps
				.filter(({ event, index }) => event.name === 'pageview' && index < step.index)
				.flatMap(({ post }) => (post === null ? [] : [post]));
			const path = [...new Set(step.post === null ? seen : [...seen, step.post])];
			give(step.post, 'direct', 1);
			give(path[0] ?? null, 'first', 1);
			give(step.post ?? seen.at(-1) ?? null, 'last', 1);
			for (const post of path) give(post, 'linear', 1 / path.length);
			if (path.length === 0) give(null, 'linear', 1);
		}
	}
	const rows = [...credits].map(([id, values]) => {
		const post = question.posts.find((one) => one.id === id);
		return { post_id: id, path: post?.path ?? '', title: post?.title ?? 'No post', ...values };
	});
	const totals = Object.fromEntries(
		CREDIT_MODELS.map((model) => [model, sum([...credits.values()].map((row) => row[model] ?? 0))])
	);
	return { rows, totals, postTotals: totals };
}

/** Every report of the oracle by its id. */
export const ORACLE: Readonly<Record<OracleReport, (question: Question) => Answer>> = {
	overview,
	posts,
	topics,
	authors,
	ctas,
	recent,
	sources,
	attribution
};
