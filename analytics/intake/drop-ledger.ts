import type { DropReason } from '../events/drop-reason.ts';

/** How many events were dropped, by site, hour and reason. `site` is 0 where none is known. */
export interface DropCount {
	readonly site: number;
	/** Start of the hour, epoch milliseconds. */
	readonly hour: number;
	readonly reason: DropReason;
	readonly count: number;
}

const HOUR = 3_600_000;

/** Counts drops in memory until they are taken to be stored. */
export interface DropLedger {
	readonly add: (site: number, reason: DropReason, now: number) => void;
	/** The counts since the last time. */
	readonly take: () => readonly DropCount[];
}

export function openDropLedger(): DropLedger {
	let counts = new Map<string, DropCount>();
	return {
		add: (site, reason, now) => {
			const hour = Math.floor(now / HOUR) * HOUR;
			const name = `${site}|${hour}|${reason}`;
			counts.set(name, { site, hour, reason, count: (counts.get(name)?.count ?? 0) + 1 });
		},
		take: () => {
			const taken = [...counts.values()];
			counts = new Map();
			return taken;
		}
	};
}
