import type { Site } from '../../posts/site.ts';
import { isoLocal } from '../../time/iso-local.ts';
import type { Grouping } from '../compile.ts';
import type { Interval } from '../period.ts';
import { givenRange, namedRange, type RangeContext, type ShownRange } from './date-range.ts';
import { API_DIMENSIONS, type ApiDimension } from './dimension-names.ts';
import { API_METRICS, type ApiMetric } from './metric-names.ts';
import { metricProblems } from './metric-problems.ts';
import { parseFilters, type ParsedFilters } from './parse-filters.ts';
import { problem, type Problem } from './problem.ts';
import { shown, type StatsQueryBody } from './schema.ts';
import { timeLabels } from './time-labels.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MAX_HOUR_DAYS = 366;

export type Direction = 'asc' | 'desc';

/** A body of the Stats API as it was understood. */
export interface StatsQuery extends ParsedFilters {
	readonly body: StatsQueryBody;
	readonly metrics: readonly { readonly name: string; readonly metric: ApiMetric }[];
	readonly dimensions: readonly { readonly name: string; readonly dimension: ApiDimension }[];
	/** What the engine groups by; goals come one at a time. */
	readonly by: readonly Grouping[];
	readonly interval: Interval;
	readonly shownRange: ShownRange;
	readonly orderBy: readonly (readonly [string, Direction])[];
	readonly timeLabels: readonly string[] | null;
	/** The query as it is echoed. */
	readonly echo: StatsQueryEcho;
}

/** The query with everything that was left out, and its range as two instants of the site's zone. */
export interface StatsQueryEcho {
	readonly site_id: string;
	readonly metrics: readonly string[];
	readonly date_range: readonly [string, string];
	readonly dimensions: readonly string[];
	readonly filters: readonly unknown[];
	readonly order_by: readonly (readonly [string, Direction])[];
	readonly include: StatsQueryBody['include'];
	readonly pagination: StatsQueryBody['pagination'];
}

export type Parsed<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** What a body asks of a site. */
export function parseStatsQuery(
	body: StatsQueryBody,
	site: Site,
	{ now, firstDay }: Pick<RangeContext, 'now' | 'firstDay'>
): Parsed<StatsQuery> {
	const problems: Problem[] = [];
	const filters = parseFilters(body.filters, problems);
	const trim = body.include.trim_relative_date_range;
	const shownRange = rangeOf(body.date_range, { zone: site.zone, now, firstDay, trim }, problems);
	const metrics = body.metrics.flatMap((name) => {
		const metric = API_METRICS.get(name);
		return metric === undefined ? [] : [{ name, metric }];
	});
	const dimensions = body.dimensions.flatMap((name) => {
		const dimension = API_DIMENSIONS.get(name);
		return dimension === undefined ? [] : [{ name, dimension }];
	});
	const times = dimensions.flatMap(({ name, dimension }) =>
		dimension.kind === 'time' ? [{ name, interval: dimension.interval }] : []
	);
	if (times.length > 1)
		problems.push(
			problem(
				'#/dimensions',
				body.dimensions,
				'one time dimension',
				'Only one time dimension can be used'
			)
		);
	if (shownRange === null || times.length > 1) return { ok: false, problems };

	const [time] = times;
	const interval = time?.interval ?? naturalInterval(shownRange);
	if (
		interval === 'hour' &&
		time !== undefined &&
		shownRange.end - shownRange.start > (MAX_HOUR_DAYS + 1) * DAY
	)
		problems.push(
			problem(
				`#/dimensions/${body.dimensions.indexOf(time.name)}`,
				time.name,
				`time:day, time:week, time:month for more than ${MAX_HOUR_DAYS} days`,
				`Invalid dimension "${time.name}": the range has more than ${MAX_HOUR_DAYS} days`
			)
		);
	if (body.include.time_labels && time === undefined)
		problems.push(
			problem(
				'#/include/time_labels',
				true,
				'a time dimension with it',
				'Invalid include.time_labels: requires a time dimension'
			)
		);
	const orderBy = body.order_by ?? [
		time === undefined ? ([body.metrics[0] ?? '', 'desc'] as const) : ([time.name, 'asc'] as const)
	];
	const orderable: readonly string[] = [...body.metrics, ...body.dimensions];
	orderBy.forEach(([name], index) => {
		if (!orderable.includes(name))
			problems.push(
				problem(
					`#/order_by/${index}/0`,
					name,
					orderable.join(', '),
					`Invalid order_by entry ${shown(name)}. Entry is not a queried metric or dimension`
				)
			);
	});
	const by = groupingsOf(dimensions.map(({ dimension }) => dimension));
	problems.push(...metricProblems({ ...filters, metrics, dimensions, by }, body));
	if (problems.length > 0) return { ok: false, problems };
	return {
		ok: true,
		value: {
			...filters,
			body,
			metrics,
			dimensions,
			by,
			interval,
			shownRange,
			orderBy,
			timeLabels: body.include.time_labels ? timeLabels(shownRange, interval, site.zone) : null,
			echo: {
				site_id: site.domain,
				metrics: body.metrics,
				date_range: [
					isoLocal(site.zone, shownRange.start),
					isoLocal(site.zone, shownRange.end - 1)
				],
				dimensions: body.dimensions.map((name) =>
					name === time?.name ? `time:${interval}` : name
				),
				filters: body.filters,
				order_by: orderBy.map(([name, direction]) => [
					name === time?.name ? `time:${interval}` : name,
					direction
				]),
				include: body.include,
				pagination: body.pagination
			}
		}
	};
}

function groupingsOf(dimensions: readonly ApiDimension[]): readonly Grouping[] {
	const keys = dimensions.flatMap((dimension): readonly Grouping[] => {
		switch (dimension.kind) {
			case 'time':
				return ['date'];
			case 'goal':
				return [];
			case 'dimension':
				return [dimension.id];
		}
	});
	return [...new Set(keys)];
}

function rangeOf(
	given: StatsQueryBody['date_range'],
	context: RangeContext,
	problems: Problem[]
): ShownRange | null {
	if (typeof given === 'string') return namedRange(given, context);
	const range = givenRange(given[0], given[1], context.zone);
	if (typeof range !== 'string') return range;
	problems.push(problem('#/date_range', given, range, `Invalid date range ${shown(given)}`));
	return null;
}

/** Hours for two days, days for forty, weeks for a year: Plausible's steps for `time`. */
function naturalInterval({ start, end }: ShownRange): Interval {
	const length = end - 1 - start;
	if (Math.floor(length / HOUR) <= 48) return 'hour';
	if (Math.floor(length / DAY) <= 40) return 'day';
	return Math.floor(length / (7 * DAY)) <= 52 ? 'week' : 'month';
}
