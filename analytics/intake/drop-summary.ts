import type { StoredDrops } from '../stores/registry.ts';

/** Dropped events of one site, or of none. */
export interface DropSummary {
	/** The most frequent of the week first. */
	readonly reasons: readonly DropTotals[];
	/** Hours in which something was dropped, newest first. */
	readonly hours: readonly DropHour[];
}

export interface DropTotals {
	readonly reason: string;
	readonly lastDay: number;
	readonly lastWeek: number;
}

export interface DropHour {
	/** Start of the hour, epoch milliseconds. */
	readonly hour: number;
	readonly counts: Readonly<Record<string, number>>;
}

export interface SiteDrops {
	readonly ofSite: DropSummary;
	/** Of no site: none could be told. */
	readonly ofNone: DropSummary;
}

const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;

/** Sums the counts of whole hours, the running one included: a day is the 24 hours that began last. */
export function summariseDrops(drops: readonly StoredDrops[], now: number): DropSummary {
	const totals = new Map<string, DropTotals>();
	const hours = new Map<number, Record<string, number>>();
	for (const { hour, reason, count } of drops) {
		if (hour <= now - WEEK_MS) continue;
		const before = totals.get(reason) ?? { reason, lastDay: 0, lastWeek: 0 };
		totals.set(reason, {
			reason,
			lastDay: before.lastDay + (hour > now - DAY_MS ? count : 0),
			lastWeek: before.lastWeek + count
		});
		const counts = hours.get(hour) ?? {};
		counts[reason] = (counts[reason] ?? 0) + count;
		hours.set(hour, counts);
	}
	return {
		reasons: [...totals.values()].sort(
			(one, other) => other.lastWeek - one.lastWeek || (one.reason < other.reason ? -1 : 1)
		),
		hours: [...hours]
			.sort(([one], [other]) => other - one)
			.map(([hour, counts]) => ({ hour, counts }))
	};
}
