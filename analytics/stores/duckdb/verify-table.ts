import { raw, sql, type Sql } from '../sql.ts';
import type { Write } from './write.ts';

/** How a derived table stands to what it is derived from. */
export interface Verified {
	readonly fact: string;
	/** Rows as they should be. */
	readonly rows: number;
	/** Rows that are kept and should not be, or should be and are not kept. */
	readonly differing: number;
}

/** Compares the rows of a table in a range with the same derived anew, `again` being a table or a query in brackets. */
export async function verifyTable(
	write: Write,
	table: string,
	inRange: Sql,
	again: Sql
): Promise<Verified> {
	const kept = sql`(select * from ${raw(table)} where ${inRange})`;
	const [row] = await write(sql`
		select (select count(*) from ${again}) as rows,
			(select count(*) from (from ${kept} except all from ${again}))
			+ (select count(*) from (from ${again} except all from ${kept})) as differing`);
	return { fact: table, rows: Number(row?.['rows']), differing: Number(row?.['differing']) };
}
