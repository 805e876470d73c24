/** What a browser may import: definitions and result types, nothing that runs. */
export { METRICS, type Metric, type MetricId, type Unit, type Direction } from './metrics.ts';
export { DIMENSIONS, isDimensionId, type DimensionId } from './dimensions.ts';
export { PERIODS, COMPARES, INTERVALS, type Period, type Compare } from './query/period.ts';
export { DROP_REASONS, type DropReason } from './events/drop-reason.ts';
export { encodeFilter, OPERATORS, parseFilter } from './query/filter.ts';
export { isParameterName } from './query/parameter-names.ts';
export { evidence, type Evidence } from './stats/evidence.ts';
export { newcombe, type Difference } from './stats/newcombe.ts';
export { importedTable } from './imports/imported-table.ts';
export type { ImportedSpan } from './imports/imported-span.ts';
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
export { foldText, matchRank } from './reports/match-text.ts';
export type { Suggestion } from './reports/suggest.ts';
export type { MemberTrends } from './reports/member-trends.ts';
export type { PlacementSeen } from './reports/placements-seen.ts';
export type { SiteNow } from './reports/site-now.ts';
export type { AgeCurve, PostHeader, PostParts } from './reports/post-detail.ts';
export type { QueryError, QueryOutcome, Reports, ScopeOf } from './engine-contract.ts';
export { isWholeSite, WHOLE_SITE, type Scope } from './query/scope.ts';
export type { Segment } from './stores/segments.ts';
export type { Site } from './posts/site.ts';
export { wilson } from './stats/wilson.ts';
