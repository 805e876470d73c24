import type { ImportedSpan } from '../imports/imported-span.ts';
import type { MetricId } from '../metrics.ts';
import { baseMetrics } from '../query/base-metrics.ts';
import type { Grouping } from '../query/compile.ts';
import { deriveMetrics } from '../query/derive.ts';
import type { StoreRow } from '../stores/event-store.ts';
import type { Cell, DateRange, Row } from './result.ts';

interface Answer {
	readonly metrics: readonly MetricId[];
	readonly by: readonly Grouping[];
	readonly range: DateRange;
	readonly imported: ImportedSpan;
}

/** Metrics by group, and the groups as they came. */
interface Merged {
	readonly keys: StoreRow;
	readonly metrics: Row;
}

/**
 * Adds what other tools counted to what the facts say. A metric of which the tool lacks a part is of Byline's own days
 * alone, and missing where the group has none: no rate divides a part of the days by all of them.
 */
export function addImported(
	own: readonly StoreRow[],
	imported: readonly StoreRow[],
	{ metrics, by, range, imported: span }: Answer
): readonly Merged[] {
	const keyOf = (row: StoreRow): string => JSON.stringify(by.map((name) => row[name] ?? null));
	const ownByKey = new Map(own.map((row) => [keyOf(row), row]));
	const importedByKey = new Map(imported.map((row) => [keyOf(row), row]));
	const hasOwnDays = range.to > span.until;
	const parts = new Map(metrics.map((id) => [id, baseMetrics([id]).map(([base]) => base)]));
	return [...new Set([...ownByKey.keys(), ...importedByKey.keys()])].map((key) => {
		const [mine, theirs] = [ownByKey.get(key), importedByKey.get(key)];
		const both = theirs === undefined ? mine : sumOf(mine, theirs);
		const valueOf = (id: MetricId): Cell => {
			const bases = parts.get(id) ?? [];
			const isKnown = bases.length > 0 && bases.every((base) => typeof theirs?.[base] === 'number');
			if (isKnown) return deriveMetrics(both, [id])[id] ?? null;
			// A group of dates that has no row of its own is of imported days alone.
			const isOwn = hasOwnDays && (mine !== undefined || !by.includes('date'));
			return isOwn ? (deriveMetrics(mine, [id])[id] ?? null) : null;
		};
		return {
			keys: mine ?? theirs ?? {},
			metrics: Object.fromEntries(metrics.map((id) => [id, valueOf(id)]))
		};
	});
}

function sumOf(mine: StoreRow | undefined, theirs: StoreRow): StoreRow {
	const sums: Record<string, StoreRow[string]> = { ...mine };
	for (const [name, value] of Object.entries(theirs)) {
		const before = mine?.[name];
		sums[name] = typeof value === 'number' && typeof before === 'number' ? before + value : value;
	}
	return sums;
}

/** Whether a range has days of which only other tools know anything. */
export function hasImportedDays(span: ImportedSpan | undefined, range: DateRange): boolean {
	return span?.counted === true && range.from <= span.until && range.to >= span.from;
}

/** Metrics of a group without a row: nothing, or missing where nobody counted them on those days. */
export function emptyMetrics(
	span: ImportedSpan | undefined,
	range: DateRange,
	rows: readonly Row[],
	metrics: readonly MetricId[]
): Row {
	const nothing = deriveMetrics(undefined, metrics);
	if (span?.counted !== true || range.to > span.until || range.to < span.from) return nothing;
	const isKnown = (id: MetricId): boolean => rows.some((row) => typeof row[id] === 'number');
	return Object.fromEntries(metrics.map((id) => [id, isKnown(id) ? (nothing[id] ?? null) : null]));
}
