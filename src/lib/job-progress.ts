import { plural } from '#lib/format.ts';

/** Work that goes on, as its screen gets it. */
export interface JobProgress {
	readonly isWaiting: boolean;
	readonly lines: number;
	/** From 0 to 1. */
	readonly share: number;
	/** Since it began. */
	readonly seconds: number;
}

/** How far work is, how fast and how long it still takes: 1,200,000 lines, 40,000 a second, about 20 s left. */
export function progressText({ isWaiting, lines, share, seconds }: JobProgress): string {
	if (isWaiting) return 'Waiting for another import.';
	if (lines === 0) return 'Reading.';
	const read = plural(lines, 'line');
	if (share >= 0.999) return `${read}. Counting.`;
	const rate = Math.round(lines / Math.max(1, seconds)).toLocaleString('en');
	const left =
		share > 0 && seconds >= 2 ? `, about ${leftText((seconds / share) * (1 - share))} left` : '';
	return `${read}, ${rate} a second${left}.`;
}

function leftText(seconds: number): string {
	return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
