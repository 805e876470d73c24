import { METRICS, type Row } from '#analytics';
import { numberAt } from '#lib/columns.ts';
import { formatValue } from '#lib/format.ts';

const isMetric = (id: string): id is keyof typeof METRICS => Object.hasOwn(METRICS, id);

/** A rate of a row with the two ends of its interval, null where the row carries none. */
export function rateOf(
	row: Row,
	id: string
): { readonly value: number | null; readonly low: number | null; readonly high: number | null } {
	return {
		value: numberAt(row, id),
		low: numberAt(row, `${id}_low`),
		high: numberAt(row, `${id}_high`)
	};
}

/** What a rate counts of what, as far as the row tells: "21 of 1,003" or "of 1,003 readers". */
export function basisOf(row: Row, id: string): string | undefined {
	const metric = isMetric(id) ? METRICS[id] : undefined;
	if (metric?.kind !== 'ratio') return undefined;
	const denominator = numberAt(row, metric.denominator);
	if (denominator === null || denominator === 0) return undefined;
	const of = `of ${formatValue(denominator, 'count')}`;
	const numerator = numberAt(row, metric.numerator);
	return numerator === null
		? `${of} ${METRICS[metric.denominator].label.toLowerCase()}`
		: `${formatValue(numerator, 'count')} ${of}`;
}

/** The right end of the whiskers of a column: its greatest rate twice over, so that wide intervals of small rows do not flatten the rest. */
export function rateScale(rows: readonly Row[], id: string): number {
	const values = rows.map((row) => numberAt(row, id) ?? 0);
	const highs = rows.map((row) => numberAt(row, `${id}_high`) ?? 0);
	return Math.max(1e-6, Math.min(Math.max(...highs, 0), Math.max(...values, 0) * 2 || 1));
}
