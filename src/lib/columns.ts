import { metricColumn, METRICS, type Column, type MetricId, type Row } from '#analytics';

/** Columns by id, in the order asked for; ids the report does not have are left out. */
export function pickColumns(columns: readonly Column[], ids: readonly string[]): readonly Column[] {
	return ids.flatMap((id) => columns.filter((column) => column.id === id));
}

/** A text cell, or the empty string. */
export function textAt(row: Row, id: string): string {
	const value = row[id];
	return typeof value === 'string' ? value : '';
}

/** A number cell, or null. */
export function numberAt(row: Row, id: string): number | null {
	const value = row[id];
	return typeof value === 'number' ? value : null;
}

/** The texts of a cell that holds several. */
export function textsAt(row: Row, id: string): readonly string[] {
	const value = row[id];
	if (value === null || value === undefined || typeof value === 'number') return [];
	return typeof value === 'string' ? [value] : value;
}

export const isMetricId = (id: string): id is MetricId => Object.hasOwn(METRICS, id);

/** The column of a metric, as its one definition gives it. */
export function columnOf(id: string): Column | undefined {
	return isMetricId(id) ? metricColumn(id) : undefined;
}
