import { DIMENSIONS } from '../dimensions.ts';
import { factOf } from '../fact-of.ts';
import type { MetricId } from '../metrics.ts';
import type { StoreRow } from '../stores/event-store.ts';
import { baseMetrics, type AskedMetric } from './base-metrics.ts';
import type { Grouping } from './compile.ts';
import type { Interval } from './period.ts';

interface Rows {
	readonly metrics: readonly MetricId[];
	readonly by: readonly Grouping[];
	readonly interval: Interval;
}

/** Whether the rows of what is asked by add up to the totals, so that those take no second look at the facts. */
export function rowsAddUp({ metrics, by, interval }: Rows): boolean {
	return baseMetrics(metrics).every((asked) => addsUp(asked, by, interval));
}

function addsUp([, metric]: AskedMetric, by: readonly Grouping[], interval: Interval): boolean {
	const { hours, days, dimensions } = metric.additive;
	if (factOf(metric, by) !== factOf(metric, [])) return false;
	return by.every((key) => {
		if (key === 'date') return interval === 'hour' ? hours : days;
		if (DIMENSIONS[key].via !== undefined) return false;
		return dimensions === 'one_value' || dimensions.includes(key);
	});
}

/** The base metrics over everything, of rows that add up. */
export function totalsOfRows(rows: readonly StoreRow[], metrics: readonly MetricId[]): StoreRow {
	return Object.fromEntries(
		baseMetrics(metrics).map(([id, { per = 1 }]) => {
			const values = rows.map((row) => row[id]).filter((value) => typeof value === 'number');
			// Whole numbers add up without an error; what they are divided by comes last.
			const sum = values.reduce((all, value) => all + Math.round(value * per), 0);
			return [id, values.length === 0 ? null : sum / per];
		})
	);
}
