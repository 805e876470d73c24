import { METRICS, type MetricId } from '../metrics.ts';
import type { Cell } from '../reports/result.ts';
import { wilson } from '../stats/wilson.ts';
import type { StoreRow } from '../stores/event-store.ts';

/** Works out metrics from a row of base metrics: ratios and their intervals; a zero denominator is missing. */
export function deriveMetrics(
	base: StoreRow | undefined,
	metrics: readonly MetricId[]
): Record<string, Cell> {
	return Object.fromEntries(metrics.map((id) => [id, valueOf(base, id)]));
}

function valueOf(base: StoreRow | undefined, id: MetricId): number | null {
	const metric = METRICS[id];
	switch (metric.kind) {
		case 'base': {
			const value = base?.[id];
			return typeof value === 'number' ? value : metric.empty;
		}
		case 'ratio': {
			const numerator = valueOf(base, metric.numerator);
			const denominator = valueOf(base, metric.denominator);
			if (numerator === null || denominator === null || denominator === 0) return null;
			return (numerator / denominator) * (metric.scale ?? 1);
		}
		case 'bound': {
			const ratio = METRICS[metric.of];
			if (ratio.kind !== 'ratio') return null;
			const interval = wilson(
				valueOf(base, ratio.numerator) ?? 0,
				valueOf(base, ratio.denominator) ?? 0
			);
			return interval === null ? null : interval[metric.end];
		}
		case 'report':
			return null;
	}
}
