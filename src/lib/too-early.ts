import { evidence, type Row } from '#analytics';
import { numberAt } from '#lib/columns.ts';

/** What stands where the figures do not tell a rate from the usual one yet. */
export const TOO_EARLY = 'too early to say';

/** The rate that a column is about: an estimate or a floor is of one. */
export function rateBehind(id: string): string {
	return id.replace(/_(estimate|floor)$/, '');
}

/**
 * Whether a row's interval of a rate still covers the mean by a wide margin; false where the row carries no interval or
 * the totals no mean.
 */
export function isTooEarly(row: Row, totals: Row | undefined, id: string): boolean {
	const rate = rateBehind(id);
	const low = numberAt(row, `${rate}_low`);
	const high = numberAt(row, `${rate}_high`);
	const mean = totals === undefined ? null : numberAt(totals, rate);
	return (
		low !== null && high !== null && mean !== null && evidence({ low, high }, mean) === 'too_early'
	);
}
