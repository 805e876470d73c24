import type { DimensionId } from '../../analytics/dimensions.ts';
import type { DateRange, Filter, Row } from '../../analytics/reports/result.ts';
import { knows, valuesOf } from './dimension-values.ts';
import { factRows, type FactRow, type Kind } from './fact-rows.ts';
import { factsOf } from './facts.ts';
import { keptBy } from './filters.ts';
import { addDays } from './local-day.ts';
import {
	ctaMetrics,
	readingMetrics,
	viewMetrics,
	visitMetrics,
	visitorDays
} from './metric-values.ts';
import type { Question } from './oracle.ts';

/** Metrics by groups, over a range, with filters. */
export interface MetricQuestion {
	readonly metrics: readonly string[];
	readonly by: readonly (DimensionId | 'date')[];
	readonly interval: 'hour' | 'day' | 'week' | 'month';
	readonly range: DateRange;
	readonly filters: readonly Filter[];
	/** Leaves out pages that are no post; visits stay. */
	readonly postsOnly: boolean;
}

/** Which kinds of row each metric comes from: one that a ratio is made of stands for both its parts. */
const KINDS: Readonly<Record<Kind, readonly string[]>> = {
	visit: [
		'visitors',
		'visits',
		'bounces',
		'bounce_rate',
		'visit_page_views',
		'views_per_visit',
		'visit_seconds',
		'visit_seconds_avg'
	],
	view: [
		'viewing_visits',
		'page_views',
		'reads',
		'measured_page_views',
		'read_ratio',
		'engaged_seconds',
		'engaged_seconds_avg',
		'engaged_seconds_median'
	],
	reading: [
		'readers',
		'depth_sum',
		'depth_readers',
		'depth_avg',
		'entrances',
		'exits',
		'post_visits',
		'recirculated_visits',
		'recirculation_rate',
		'subscribes',
		'subscribed_readers',
		'subscribe_rate',
		'subscribe_rate_low',
		'subscribe_rate_high',
		'conversions',
		'converted_readers',
		'conversion_rate',
		'conversion_rate_low',
		'conversion_rate_high',
		'conversions_per_1000_readers',
		'comments'
	],
	exposure: [
		'cta_eligible',
		'cta_impressions',
		'viewability_rate',
		'cta_clicks',
		'cta_exposed',
		'cta_clickers',
		'cta_ctr',
		'cta_ctr_low',
		'cta_ctr_high'
	]
};

/** Every metric that this oracle knows. */
export const ORACLE_METRICS: readonly string[] = Object.values(KINDS).flat();

/** The kind of row a metric is counted in by some groups; null where it cannot be grouped so. */
export function kindOf(metric: string, by: MetricQuestion['by']): Kind | null {
	const known = (kind: Kind): boolean => by.every((key) => key === 'date' || knows(kind, key));
	const kinds = Object.keys(KINDS) as Kind[];
	const own = kinds.find((kind) => KINDS[kind].includes(metric));
	if (own !== undefined && known(own)) return own;
	// Visitors of a page are those with anything on it.
	return metric === 'visitors' && known('reading') ? 'reading' : null;
}

function isWithin({ from, to, since, until }: DateRange, { day, first }: FactRow): boolean {
	if (day < from || day > to) return false;
	return since === undefined || until === undefined || (first.ts >= since && first.ts < until);
}

/** The first moment of the bucket that lies in the range. */
function bucketOf(row: FactRow, { interval, range }: MetricQuestion): string {
	const { day } = row;
	const later = (a: string): string => (a > range.from ? a : range.from);
	switch (interval) {
		case 'hour':
			return `${day} ${String(row.first.hour).padStart(2, '0')}:00`;
		case 'day':
			return day;
		case 'week':
			return later(addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7)));
		case 'month':
			return later(`${day.slice(0, 7)}-01`);
	}
}

type Keys = readonly (string | number)[];

/** The groups a row is in: one, but for topics and authors, of which a post has several or none. */
function groupsOf(row: FactRow, question: MetricQuestion): readonly Keys[] {
	const choices = question.by.map((key): Keys => {
		if (key === 'date') return [bucketOf(row, question)];
		if (key === 'post') return [row.page?.post?.id ?? -1];
		return valuesOf(row, key);
	});
	return choices.reduce<readonly Keys[]>(
		(groups, choice) => groups.flatMap((group) => choice.map((value) => [...group, value])),
		[[]]
	);
}

function metricsOf(kind: Kind, rows: readonly FactRow[]): Row {
	switch (kind) {
		case 'visit':
			return visitMetrics(rows.flatMap((row) => (row.kind === 'visit' ? [row.fact] : [])));
		case 'view': {
			const views = rows.filter((row) => row.kind === 'view');
			const visits = new Set(views.map(({ visit }) => visit));
			return { ...viewMetrics(views.map(({ fact }) => fact)), viewing_visits: visits.size };
		}
		case 'reading': {
			const readings = rows.flatMap((row) => (row.kind === 'reading' ? [row.fact] : []));
			return { ...readingMetrics(readings), visitors: visitorDays(readings) };
		}
		case 'exposure':
			return ctaMetrics(rows.flatMap((row) => (row.kind === 'exposure' ? [row.fact] : [])));
	}
}

/**
 * Rows by group and metric from the list of events: one row for each group that any of the metrics has something
 * of, a single one without groups.
 */
export function metricRows(
	{ site, posts, events }: Pick<Question, 'site' | 'posts' | 'events'>,
	questions: readonly MetricQuestion[]
): readonly (readonly Row[])[] {
	const all = factRows(
		factsOf(
			events.filter((event) => event.site === site.id),
			posts
		)
	);
	return questions.map((question) => answer(all, question));
}

function answer(all: readonly FactRow[], question: MetricQuestion): readonly Row[] {
	const { metrics, by, range, filters, postsOnly } = question;
	const kept = keptBy(filters, all);
	const rows = all.filter(
		(row) =>
			isWithin(range, row) &&
			(!postsOnly || row.page === null || row.page.post !== null) &&
			kept(row)
	);
	const kinds = new Map(metrics.map((metric) => [metric, kindOf(metric, by)]));
	const asked = rows.filter((row) => [...kinds.values()].includes(row.kind));
	const groups = new Map<string, { keys: Keys; rows: FactRow[] }>();
	if (by.length === 0) groups.set('', { keys: [], rows: [] });
	for (const row of asked)
		for (const keys of groupsOf(row, question)) {
			const name = by.length === 0 ? '' : JSON.stringify(keys);
			const group = groups.get(name) ?? { keys, rows: [] };
			group.rows.push(row);
			groups.set(name, group);
		}
	return [...groups.values()].map((group) => {
		const values = new Map(
			[...new Set(kinds.values())].map((kind) => [
				kind,
				kind === null ? {} : metricsOf(kind, group.rows)
			])
		);
		return {
			...Object.fromEntries(by.map((key, index) => [key, group.keys[index] ?? null])),
			...Object.fromEntries(
				[...kinds].map(([metric, kind]) => [metric, values.get(kind)?.[metric] ?? null])
			)
		};
	});
}
