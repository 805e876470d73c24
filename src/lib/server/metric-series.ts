import type { ReportResult } from '#analytics';
import { localHour } from '#lib/local-hour.ts';
import { seriesOf, type Publication, type Series } from '#lib/series.ts';

const USUAL_METRIC = 'readers';

/** The chart of one metric of report `overview`; an unknown metric is the usual one. */
export function metricSeries(
	overview: ReportResult,
	metric: string | null,
	publications: readonly Publication[]
): (Series & { readonly metric: string }) | null {
	const metrics = overview.columns.filter(({ kind }) => kind === 'metric');
	const column =
		metrics.find(({ id }) => id === metric) ?? metrics.find(({ id }) => id === USUAL_METRIC);
	if (column === undefined) return null;
	const { interval, zone } = overview.query;
	const series = seriesOf({
		column,
		interval,
		rows: overview.rows,
		compareRows: overview.compare?.rows ?? null,
		now: localHour(new Date(), zone),
		publications
	});
	return { ...series, metric: column.id };
}
