const HOURS_END = 72;
const DAYS_END = 30 * 24;
/** Share of the axis given to the first three days. */
const HOURS_SHARE = 0.4;

/** Place of an age on an axis that counts hours for three days and days after, from 0 to 1. */
export function ageToAxis(hours: number): number {
	if (hours <= HOURS_END) return (hours / HOURS_END) * HOURS_SHARE;
	return HOURS_SHARE + ((hours - HOURS_END) / (DAYS_END - HOURS_END)) * (1 - HOURS_SHARE);
}

/** Ages worth a tick, in hours. */
export const AGE_TICKS: readonly number[] = [0, 12, 24, 48, 72, 168, 336, 504, 720];

/** The ages as labels along the axis, the less telling ones at odd places. */
export function ageTicks(): readonly { readonly at: number; readonly label: string }[] {
	return AXIS_LABELS.map((hours) => ({ at: ageToAxis(hours), label: ageTick(hours) }));
}

const AXIS_LABELS = [0, 12, 24, 48, 72, 168, 336, 504, 720];

/** A tick of the axis: 12 h, 3 d. */
export function ageTick(hours: number): string {
	if (hours === 0) return '0';
	return hours < HOURS_END ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/** An age of the axis in words: Hour 12, Day 3. */
export function ageName(hours: number): string {
	return hours < HOURS_END ? `Hour ${hours}` : `Day ${Math.round(hours / 24)}`;
}
