import type { AgeCurve } from '#analytics';

const times = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** One sentence on a post for its age: "day 3: 1.8 times your typical post". */
export function verdictText(curve: Pick<AgeCurve, 'verdict' | 'published_at' | 'points'>): string {
	if (curve.published_at === null) return 'no publication date';
	if (curve.points.length === 0) return 'first days not recorded';
	if (curve.verdict === null) return 'too early to say';
	const { age_hours, ratio, readers } = curve.verdict;
	const age = ageText(age_hours);
	if (ratio === null) return `${age}: ${readers} readers, typical is none yet`;
	const rounded = times.format(ratio);
	return rounded === '1'
		? `${age}: level with your typical post`
		: `${age}: ${rounded} times your typical post`;
}

function ageText(hours: number): string {
	return hours < 72 ? `hour ${Math.floor(hours)}` : `day ${Math.floor(hours / 24)}`;
}

export type Standing = 'above' | 'within' | 'below' | 'unknown';

/** Where the post stands against the middle half of typical posts at the age of its verdict. */
export function standingOf(curve: Pick<AgeCurve, 'verdict' | 'band'>): Standing {
	const { verdict } = curve;
	if (verdict === null) return 'unknown';
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
