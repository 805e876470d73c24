import { expect } from 'vitest';
import type { Cell, Row } from '../../analytics/reports/result.ts';

/** The same rows by their keys, in any order, with the same values in the columns. */
export function expectRows(
	id: string,
	rows: readonly Row[],
	expected: readonly Row[],
	keys: readonly string[],
	columns: readonly string[]
): void {
	const nameOf = (row: Row): string =>
		JSON.stringify(keys.map((key) => canonical(key, row[key] ?? null)));
	const byName = new Map(rows.map((row) => [nameOf(row), row]));
	expect([...byName.keys()].sort(), `${id} rows`).toEqual(expected.map(nameOf).sort());
	for (const row of expected)
		expectCells(`${id} ${nameOf(row)}`, byName.get(nameOf(row)) ?? {}, row, columns);
}

/** The same values in the columns; decimals to nine places. */
export function expectCells(
	where: string,
	row: Row,
	expected: Row,
	columns: readonly string[]
): void {
	for (const column of columns) {
		const given = canonical(column, row[column] ?? null);
		const wanted = canonical(column, expected[column] ?? null);
		if (typeof given === 'number' && typeof wanted === 'number')
			expect(given, `${where}: ${column}`).toBeCloseTo(wanted, 9);
		else expect(given, `${where}: ${column}`).toEqual(wanted);
	}
}

function canonical(column: string, cell: Cell): Cell {
	return column === 'published_at' && typeof cell === 'string'
		? new Date(cell).toISOString()
		: cell;
}
