import { z } from 'zod';
import { METRICS, type Metric, type MetricId } from '../metrics.ts';
import { columnsOf, type ReportDefinition } from '../reports/definition.ts';
import { REPORTS } from '../reports/registry.ts';
import type { ReportId } from '../reports/report-ids.ts';
import type { Column } from '../reports/result.ts';
import { columnShape, resolvedQueryShape, totalsShape } from './shapes.ts';

/** What `GET /api/reports/<report>` answers, and a row of it: each column with its type and its definition. */
export function reportShapes(id: ReportId): {
	readonly report: z.ZodType;
	readonly row: z.ZodType;
} {
	const rows = definitionsOf(id).map(rowShape);
	const [usual = rowShape(REPORTS[id]), ...others] = rows;
	const row = others.length === 0 ? usual : z.union(rows);
	const report = z.object({
		report: z.literal(id),
		definitions: z.string().describe('Changes whenever a figure could mean something else.'),
		query: resolvedQueryShape,
		columns: z.array(columnShape),
		rows: z.array(row),
		totals: totalsShape,
		compare: z
			.object({ rows: z.array(row), totals: totalsShape })
			.nullable()
			.describe('The same for the compare period.')
	});
	return { report, row };
}

/** A report by its usual key columns, then by each other grouping. */
export function definitionsOf(id: ReportId): readonly ReportDefinition[] {
	const usual = REPORTS[id];
	return [usual, ...(usual.groupings ?? []).map(({ definition }) => definition)];
}

function rowShape(definition: ReportDefinition): z.ZodType {
	return z.looseObject(
		Object.fromEntries(
			columnsOf(definition).map((column) => [
				column.id,
				valueShape(column).describe(column.definition)
			])
		)
	);
}

function valueShape(column: Column): z.ZodType {
	if (column.kind === 'metric' && isMetricId(column.id)) return metricShape(METRICS[column.id]);
	switch (column.id) {
		case 'post_id':
			return z.int().nullable();
		case 'authors':
		case 'topics':
			return z.array(z.string());
		case 'published_at':
			return z.iso.datetime().nullable();
		case 'age_hours':
			return z.int().min(0);
		case 'date':
			return z.string().regex(/^\d{4}-\d{2}-\d{2}( \d{2}:00)?$/);
		default:
			return z.string();
	}
}

/** What is divided by nothing is missing, and so is what another tool did not count. */
function metricShape({ unit, ...metric }: Metric): z.ZodType {
	const isWhole = metric.kind === 'base' && unit === 'count';
	const least = isWhole ? z.int().min(0) : z.number().min(0);
	const number =
		unit === 'ratio' ? least.max(1) : unit === 'percent_depth' ? least.max(100) : least;
	return number.nullable();
}

function isMetricId(id: string): id is MetricId {
	return Object.hasOwn(METRICS, id);
}
