import { METRICS, type MetricId } from '../metrics.ts';
import {
	fitBetaBinomial,
	posteriorMean,
	posteriorQuantile,
	type Group
} from '../stats/beta-binomial.ts';
import type { Row } from './result.ts';

/** The share of a rate's posterior below its floor. */
const FLOOR_SHARE = 0.05;

const RATES = [
	{ of: 'subscribe_rate', estimate: 'subscribe_rate_estimate', floor: 'subscribe_rate_floor' },
	{ of: 'conversion_rate', estimate: 'conversion_rate_estimate', floor: 'conversion_rate_floor' }
] as const satisfies readonly Readonly<Record<'of' | 'estimate' | 'floor', MetricId>>[];

/** The metrics that are worked out here. */
export const SHRUNKEN_METRICS: readonly MetricId[] = RATES.flatMap(({ estimate, floor }) => [
	estimate,
	floor
]);

/** The metrics that rows need for their shrunken rates. */
export const SHRINKING_METRICS: readonly MetricId[] = RATES.flatMap(({ of }) => {
	const rate = METRICS[of];
	return rate.kind === 'ratio' ? [rate.numerator, rate.denominator] : [];
});

/**
 * For each row the estimates and floors of its rates, with a prior fitted over all rows that have readers; missing
 * without readers, and where the rows teach no prior.
 */
export function shrunkenRates(rows: readonly Row[]): readonly Row[] {
	const byRate = RATES.map(({ of, estimate, floor }) => {
		const groups = rows.map((row) => groupOf(row, of));
		const prior = fitBetaBinomial(groups);
		/** Many rows have the same few readers, and quantiles are slow. */
		const known = new Map<string, Row>();
		return groups.map((group): Row => {
			if (prior === null || group.n === 0) return { [estimate]: null, [floor]: null };
			const name = `${group.k}/${group.n}`;
			const found = known.get(name) ?? {
				[estimate]: posteriorMean(group, prior),
				[floor]: posteriorQuantile(group, prior, FLOOR_SHARE)
			};
			known.set(name, found);
			return found;
		});
	});
	return rows.map((_, index) =>
		byRate.reduce<Row>((row, cells) => ({ ...row, ...cells[index] }), {})
	);
}

function groupOf(row: Row, of: MetricId): Group {
	const rate = METRICS[of];
	if (rate.kind !== 'ratio') throw new TypeError(`"${of}" is no ratio.`);
	return { k: numberIn(row, rate.numerator), n: numberIn(row, rate.denominator) };
}

function numberIn(row: Row, id: MetricId): number {
	const cell = row[id];
	return typeof cell === 'number' ? cell : 0;
}
