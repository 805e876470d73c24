/** What a browser may import: definitions and result types, nothing that runs. */
export { METRICS, type Metric, type MetricId, type Unit, type Direction } from './metrics.ts';
export { DIMENSIONS, type DimensionId } from './dimensions.ts';
export { PERIODS, COMPARES, INTERVALS, type Period, type Compare } from './query/period.ts';
export { DROP_REASONS, type DropReason } from './events/drop-reason.ts';
export { encodeFilter, parseFilter } from './query/filter.ts';
export { isParameterName } from './query/parameter-names.ts';
export { metricColumn } from './reports/metric-column.ts';
export { REPORT_IDS, isReportId, type ReportId } from './reports/report-ids.ts';
export type {
	Cell,
	Column,
	DateRange,
	Filter,
	ReportResult,
	ResolvedQuery,
	Row
} from './reports/result.ts';
export type { SiteNow } from './reports/site-now.ts';
export type { AgeCurve, PostDetail } from './reports/post-detail.ts';
export type { QueryError, QueryOutcome, Reports } from './engine-contract.ts';
export type { Site } from './posts/site.ts';
