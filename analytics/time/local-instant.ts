import { tzOffset } from '@date-fns/tz/tzOffset';

const MINUTE = 60_000;

/** The instant at which clocks of a zone show a time, given as if it were UTC; the earlier where they show it twice. */
export function localInstant(zone: string, asUtc: number): number {
	const offsetAt = (at: number): number => Math.round(tzOffset(zone, new Date(at))) * MINUTE;
	const before = asUtc - offsetAt(asUtc - 24 * 60 * MINUTE);
	const after = asUtc - offsetAt(asUtc + 24 * 60 * MINUTE);
	const first = Math.min(before, after);
	return first + offsetAt(first) === asUtc ? first : Math.max(before, after);
}
