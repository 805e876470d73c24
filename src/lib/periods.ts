import { COMPARES, INTERVALS, PERIODS, type DateRange } from '#analytics';
import type { Interval } from '#lib/format.ts';

/** The named periods in groups, as the menu shows them. */
export const PERIOD_GROUPS = [
	['today', 'yesterday', '24h'],
	['7d', '28d', '30d', '90d'],
	['month', 'last_month'],
	['year', '12m', 'all']
] as const satisfies readonly (readonly (keyof typeof PERIODS)[])[];

export function periodLabel(id: string): string {
	return labelIn(PERIODS, id) ?? 'Custom dates';
}

export function compareLabel(id: string): string {
	return labelIn(COMPARES, id) ?? COMPARES.none;
}

const labelIn = (labels: Readonly<Record<string, string>>, id: string): string | undefined =>
	Object.hasOwn(labels, id) ? labels[id] : undefined;

const DAY_MS = 86_400_000;

/** The widths of a step that a range can be shown in. */
export function intervalsFor(range: DateRange): readonly Interval[] {
	const days = Math.round((Date.parse(range.to) - Date.parse(range.from)) / DAY_MS) + 1;
	return INTERVALS.filter((interval) => {
		if (interval === 'hour') return days <= 7;
		if (interval === 'day') return days > 1 && days <= 800;
		return days > (interval === 'week' ? 13 : 59);
	});
}
