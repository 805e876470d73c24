import type { Row } from '#analytics';
import { numberAt } from '#lib/columns.ts';

/** The sparklines of the posts of some rows, row by row. */
export async function trendsOf(
	rows: readonly Row[],
	sparklines: Promise<ReadonlyMap<number, readonly number[]>>
): Promise<readonly (readonly number[])[]> {
	const known = await sparklines;
	return rows.map((row) => known.get(numberAt(row, 'post_id') ?? -1) ?? []);
}
