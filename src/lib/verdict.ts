import type { AgeCurve } from '#analytics';
import { plural } from '#lib/format.ts';

const times = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** As for every change: growth on a base near nothing misleads. */
const SMALLEST_BASE = 10;
const DAYS_FROM = 72;

/** One sentence on a post for its age: "day 3: 1.8 times your typical post". */
export function verdictText(curve: Pick<AgeCurve, 'verdict' | 'missing'>): string {
	if (curve.missing !== null) return curve.missing;
	if (curve.verdict === null) return 'too early to say';
	const { age_hours, ratio, readers, typical } = curve.verdict;
	const age = ageText(age_hours);
	if (ratio === null || typical < SMALLEST_BASE) {
		if (readers < SMALLEST_BASE && age_hours < DAYS_FROM) return 'too early to say';
		return `${age}: ${plural(readers, 'reader')}, typical ${Math.round(typical)}`;
	}
	const rounded = times.format(ratio);
	return rounded === '1'
		? `${age}: level with your typical post`
		: `${age}: ${rounded} times your typical post`;
}

function ageText(hours: number): string {
	return hours < DAYS_FROM ? `hour ${Math.floor(hours)}` : `day ${Math.floor(hours / 24)}`;
}

export type Standing = 'above' | 'within' | 'below' | 'unknown';

/** Where the post stands against the middle half of typical posts at the age of its verdict. */
export function standingOf(curve: Pick<AgeCurve, 'verdict' | 'band'>): Standing {
	const { verdict } = curve;
	if (verdict === null || verdict.typical < SMALLEST_BASE) return 'unknown';
	const band = curve.band.find((point) => point.age_hours === verdict.age_hours);
	if (band === undefined) return 'unknown';
	if (verdict.readers > band.p75) return 'above';
	return verdict.readers < band.p25 ? 'below' : 'within';
}

/** The colour of a standing, beside its words. */
export const TONES: Readonly<Record<Standing, string>> = {
	above: 'text-good',
	below: 'text-bad',
	within: 'text-ink',
	unknown: 'text-mute'
};
