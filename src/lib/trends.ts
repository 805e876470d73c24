import type { Interval } from '#lib/format.ts';

/** A small line for each of several names over the same buckets. */
export interface Trends {
	readonly interval: Interval;
	readonly buckets: readonly string[];
	readonly members: readonly {
		readonly name: string;
		readonly values: readonly (number | null)[];
	}[];
}

/** The greatest value of all, which every line is drawn against. */
export function trendsMax({ members }: Pick<Trends, 'members'>): number {
	return members.reduce(
		(most, { values }) =>
			values.reduce<number>((greatest, value) => Math.max(greatest, value ?? 0), most),
		1
	);
}
