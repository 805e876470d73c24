import type { Row } from '../../analytics/reports/result.ts';
import type { Exposure, PageView, Reading, Visit } from './facts.ts';
import { quantile, ratio, sum, wilson } from './statistics.ts';

/** Distinct visitors, each once for a day. */
export function visitorDays(
	facts: readonly { readonly day: string; readonly visitor: string }[]
): number {
	return new Set(facts.map((fact) => `${fact.day} ${fact.visitor}`)).size;
}

function rate(id: string, k: number, n: number): Row {
	const interval = wilson(k, n);
	return {
		[id]: ratio(k, n),
		[`${id}_low`]: interval?.low ?? null,
		[`${id}_high`]: interval?.high ?? null
	};
}

/** Of visits. */
export function visitMetrics(visits: readonly Visit[]): Row {
	const bounces = visits.filter((visit) => visit.bounced).length;
	const pageViews = sum(visits.map((visit) => visit.views.length));
	const times = visits.map((visit) => visit.steps.map((step) => step.event.ts));
	const seconds = sum(times.map((own) => Math.max(...own) - Math.min(...own))) / 1000;
	return {
		visitors: visitorDays(visits),
		visits: visits.length,
		bounces,
		bounce_rate: ratio(bounces, visits.length),
		visit_page_views: pageViews,
		views_per_visit: ratio(pageViews, visits.length),
		visit_seconds: seconds,
		visit_seconds_avg: ratio(seconds, visits.length)
	};
}

/** Of the readings of posts among some. */
export function readerMetrics(readings: readonly Reading[]): Row {
	const ofPosts = readings.filter((reading) => reading.post !== null && reading.views.length > 0);
	const readers = visitorDays(ofPosts);
	const subscribed = visitorDays(ofPosts.filter((reading) => reading.subscribed));
	const converted = visitorDays(ofPosts.filter((reading) => reading.converted));
	const conversions = readings.filter((reading) => reading.converted).length;
	return {
		readers,
		subscribed_readers: subscribed,
		converted_readers: converted,
		subscribes: sum(readings.map((reading) => reading.subscribes)),
		...rate('subscribe_rate', subscribed, readers),
		conversions,
		...rate('conversion_rate', converted, readers),
		conversions_per_1000_readers: readers === 0 ? null : (conversions / readers) * 1000
	};
}

/** Of page views. */
export function viewMetrics(views: readonly PageView[]): Row {
	const engaged = views.flatMap((view) => (view.engagedMs === null ? [] : [view.engagedMs]));
	const reads = views.filter((view) => view.read).length;
	const median = quantile(engaged, 0.5);
	return {
		page_views: views.length,
		reads,
		measured_page_views: engaged.length,
		read_ratio: ratio(reads, engaged.length),
		engaged_seconds: sum(engaged) / 1000,
		engaged_seconds_avg: ratio(sum(engaged) / 1000, engaged.length),
		engaged_seconds_median: median === null ? null : median / 1000
	};
}

/** Of the readings of each visitor, day and page. */
export function readingMetrics(readings: readonly Reading[]): Row {
	const depths = readings.flatMap((reading) => (reading.depth === null ? [] : [reading.depth]));
	const ofPosts = readings.filter((reading) => reading.post !== null);
	const postVisits = sum(ofPosts.map((reading) => reading.visits));
	const recirculated = sum(ofPosts.map((reading) => reading.recirculated));
	return {
		depth_sum: sum(depths),
		depth_readers: depths.length,
		depth_avg: ratio(sum(depths), depths.length),
		entrances: sum(readings.map((reading) => reading.entrances)),
		exits: sum(readings.map((reading) => reading.exits)),
		post_visits: postVisits,
		recirculated_visits: recirculated,
		recirculation_rate: ratio(recirculated, postVisits),
		comments: sum(readings.map((reading) => reading.comments)),
		...readerMetrics(readings)
	};
}

/** Of what each visitor saw and clicked. */
export function ctaMetrics(exposures: readonly Exposure[]): Row {
	const eligible = sum(exposures.map((exposure) => exposure.eligible));
	const impressions = sum(exposures.map((exposure) => exposure.impressions));
	const exposed = visitorDays(exposures.filter((exposure) => exposure.impressions > 0));
	const clickers = visitorDays(exposures.filter((exposure) => exposure.clicks > 0));
	return {
		cta_eligible: eligible,
		cta_impressions: impressions,
		viewability_rate: ratio(impressions, eligible),
		cta_clicks: sum(exposures.map((exposure) => exposure.clicks)),
		cta_exposed: exposed,
		cta_clickers: clickers,
		...rate('cta_ctr', clickers, exposed)
	};
}
