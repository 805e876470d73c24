import type { DimensionId } from '../dimensions.ts';
import type { ImportedSpan } from '../imports/imported-span.ts';
import type { Scope } from '../query/scope.ts';
import type { Direction, MetricId, Unit } from '../metrics.ts';

/** A value of a report: text, number, several texts, or missing. */
export type Cell = string | number | null | readonly string[];

/** A row of a report, keyed by column id. */
export type Row = Readonly<Record<string, Cell>>;

/** One column of a report: the same id, in the same order, on screen, in JSON and in CSV. */
export interface Column {
	readonly id: string;
	readonly label: string;
	readonly kind: 'key' | 'metric';
	readonly unit: Unit | 'text' | 'date' | 'timestamp';
	readonly direction: Direction;
	/** One sentence the screen can show. */
	readonly definition: string;
	/** Of a ratio and the ends of its interval: the metrics it is made of. */
	readonly numerator?: MetricId;
	readonly denominator?: MetricId;
}

/** A half-open stretch of local days, shown as two inclusive dates. */
export interface DateRange {
	/** First local day, `YYYY-MM-DD`. */
	readonly from: string;
	/** Last local day, `YYYY-MM-DD`, inclusive. */
	readonly to: string;
	/** Rolling periods only: first instant, epoch milliseconds, inclusive. */
	readonly since?: number;
	/** Rolling periods only: last instant, epoch milliseconds, exclusive. */
	readonly until?: number;
}

/** The query as it was understood, echoed with every result. */
export interface ResolvedQuery extends DateRange {
	readonly site: string;
	readonly zone: string;
	readonly period: string;
	readonly compare: (DateRange & { readonly mode: string }) | null;
	/** Width of a date bucket. */
	readonly interval: 'hour' | 'day' | 'week' | 'month';
	/** What rows are grouped by, for reports that leave a choice; null for the usual. */
	readonly by: readonly DimensionId[] | null;
	/** Filters by dimension: several values are OR, several filters are AND. */
	readonly filters: readonly Filter[];
	readonly sort: { readonly column: string; readonly descending: boolean } | null;
	readonly search: string;
	/** Missing where no day of the range, nor of the compare range, rests on imported figures. */
	readonly imported?: ImportedSpan | undefined;
	/** What part of the site the answer is held to; missing where it is the whole of it. */
	readonly scope?: Scope | undefined;
}

export interface Filter {
	readonly dimension: DimensionId;
	readonly operator: 'is' | 'is_not' | 'contains' | 'contains_not' | 'matches';
	readonly values: readonly string[];
}

/** What a report answers: the same object feeds the screen, the JSON route and the CSV. */
export interface ReportResult {
	readonly report: string;
	/** Version of the definitions behind the figures. */
	readonly definitions: string;
	readonly query: ResolvedQuery;
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
	/** The metrics over everything in the range; not the sum of the rows where a reader can be in several. */
	readonly totals: Row;
	/** The same for the compare period, or null. */
	readonly compare: { readonly rows: readonly Row[]; readonly totals: Row } | null;
}
