import { DIMENSIONS, isDimensionId, type DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import type { Scope } from '../query/scope.ts';
import type { EventStore } from '../stores/event-store.ts';
import { metricColumn } from './metric-column.ts';
import type { ReportId } from './report-ids.ts';
import type { Column, DateRange, ResolvedQuery, Row } from './result.ts';

/** What a report may read. */
export interface ReportContext {
	readonly site: Site;
	readonly query: ResolvedQuery;
	/** What everything that is read is held to. */
	readonly scope: Scope;
	readonly store: Pick<EventStore, 'query'>;
	/** The metrics that are asked for, where it is not all of the report's. */
	readonly only?: readonly MetricId[] | undefined;
	/** What alone is asked for. */
	readonly part?: 'rows' | 'totals' | undefined;
	/** The site's catalogue, as far as the scope shows it. */
	readonly posts: readonly Post[];
	/** The posts that typical bands are made of: the whole catalogue, also what the scope hides; none where no band is shown. */
	readonly peers: readonly Post[];
	/** By how many comments posts grew on some days, by id; posts without a change are left out. */
	readonly commentGrowth: (range: DateRange) => ReadonlyMap<number, number>;
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

/** What key columns mean that are no dimension. */
const KEYS: Readonly<Record<string, string>> = {
	date: 'First moment of the hour, day, week or month, in the site’s time zone.',
	post_id: 'The post’s number in Byline; missing in the row of what no post can have.',
	path: 'Canonical path of the page.',
	title: 'Title of the post.',
	authors: 'Authors of the post.',
	topics: 'Topics of the post.',
	published_at: 'When the post was published, UTC.',
	age_hours: 'Whole hours since the post was published.'
};

/** Those of a report's metrics that are asked for. */
export function wantedOf<T extends MetricId>(
	{ only }: Pick<ReportContext, 'only'>,
	metrics: readonly T[]
): readonly T[] {
	return only === undefined ? metrics : metrics.filter((id) => only.includes(id));
}

/** A key column. */
export function key(id: string, label: string, unit: Column['unit'] = 'text'): Column {
	const definition = isDimensionId(id) ? DIMENSIONS[id].definition : (KEYS[id] ?? '');
	return { id, label, kind: 'key', unit, direction: 'neutral', definition };
}

/** Key columns, then metric columns. */
export function columnsOf({
	keys,
	metrics
}: Pick<ReportDefinition, 'keys' | 'metrics'>): readonly Column[] {
	return [...keys, ...metrics.map(metricColumn)];
}
