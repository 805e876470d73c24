import type { MetricId } from '../metrics.ts';
import { buckets } from '../query/period.ts';
import { localDay, localHour } from '../time/local.ts';
import { emptyMetrics } from './add-imported.ts';
import { askBoth } from './ask.ts';
import { key, wantedOf, type ReportDefinition } from './definition.ts';
import type { Row } from './result.ts';

const METRIC_IDS = [
	'visitors',
	'visits',
	'page_views',
	'readers',
	'reads',
	'measured_page_views',
	'engaged_seconds_avg',
	'bounce_rate',
	'subscribes',
	'cta_impressions',
	'cta_clicks',
	'conversions'
] as const satisfies readonly MetricId[];

/** Rates that the screen's key figures show beside the columns. */
const RATES = ['read_ratio', 'subscribe_rate', 'cta_ctr'] as const satisfies readonly MetricId[];
const ASKED = [...METRIC_IDS, ...RATES];
/** What a call to action's own screen asks for by name. */
const OF_CTAS = [
	'cta_eligible',
	'viewability_rate',
	'cta_exposed',
	'cta_clickers'
] as const satisfies readonly MetricId[];

/** The blog by hour, day, week or month: a row for every bucket of the range, also an empty one. */
export const overview: ReportDefinition = {
	id: 'overview',
	label: 'Overview',
	keys: [key('date', 'Date', 'date')],
	metrics: METRIC_IDS,
	order: null,
	run: async (context, range) => {
		const asked = context.only === undefined ? ASKED : wantedOf(context, [...ASKED, ...OF_CTAS]);
		const { rows, totals } = await askBoth(context, range, { metrics: asked, by: ['date'] });
		const byDate = new Map(rows.map((row) => [row['date'], row]));
		const { since, until } = range;
		const zone = context.site.zone;
		const { interval, imported } = context.query;
		const empty = (date: string): Row => {
			const day = date.slice(0, 10);
			// Nobody counted hours of imported days.
			return emptyMetrics(imported, { from: day, to: day }, interval === 'hour' ? [] : rows, asked);
		};
		const hourLabel = (ts: number): string =>
			`${localDay(zone, ts)} ${String(localHour(zone, ts)).padStart(2, '0')}:00`;
		const labels = buckets(range, interval).filter(
			(label) =>
				since === undefined ||
				until === undefined ||
				interval !== 'hour' ||
				(label >= hourLabel(since) && label <= hourLabel(Math.min(until - 1, context.now)))
		);
		return {
			rows: labels.map((date) => byDate.get(date) ?? { date, ...empty(date) }),
			totals
		};
	}
};
