import type { DimensionId } from '../dimensions.ts';
import { METRICS, type MetricId } from '../metrics.ts';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import type { EventStore } from '../stores/event-store.ts';
import type { ReportId } from './report-ids.ts';
import type { Column, DateRange, ResolvedQuery, Row } from './result.ts';

/** What a report may read. */
export interface ReportContext {
	readonly site: Site;
	readonly query: ResolvedQuery;
	readonly store: Pick<EventStore, 'query'>;
	/** The site's catalogue. */
	readonly posts: readonly Post[];
	/** Epoch milliseconds. */
	readonly now: number;
}

/** One report: its columns, and its rows and totals over a range. Screen, JSON and CSV read the same one. */
export interface ReportDefinition {
	readonly id: ReportId;
	readonly label: string;
	readonly keys: readonly Column[];
	readonly metrics: readonly MetricId[];
	/** Column of the usual order, with a leading `-` for descending; null keeps the rows as they come. */
	readonly order: string | null;
	readonly run: (context: ReportContext, range: DateRange) => Promise<ReportRows>;
	/** The same metrics by other dimensions, for reports that leave a choice. */
	readonly groupings?: readonly Grouped[];
}

/** A report by other dimensions than the usual ones. */
export interface Grouped {
	readonly by: readonly DimensionId[];
	readonly definition: ReportDefinition;
}

export interface ReportRows {
	readonly rows: readonly Row[];
	readonly totals: Row;
}

/** A key column. */
export function key(id: string, label: string, unit: Column['unit'] = 'text'): Column {
	return { id, label, kind: 'key', unit, direction: 'neutral', definition: '' };
}

/** Key columns, then metric columns. */
export function columnsOf({
	keys,
	metrics
}: Pick<ReportDefinition, 'keys' | 'metrics'>): readonly Column[] {
	return [
		...keys,
		...metrics.map((id): Column => {
			const { label, unit, direction, definition } = METRICS[id];
			return { id, label, kind: 'metric', unit, direction, definition };
		})
	];
}
