import type { EventStore } from '../../analytics/stores/event-store.ts';
import { identifier, join, raw, sql } from '../../analytics/stores/sql.ts';

/** Bytes of the file that one column of a table takes. */
export interface ColumnSize {
	readonly table: string;
	readonly column: string;
	readonly rows: number;
	readonly bytes: number;
}

const BLOCK = 262_144;

/**
 * Every stored column by size, the largest first. Segments of several columns share a block; each has the bytes up to
 * where the next one starts. Free blocks of the file belong to none.
 */
export async function columnSizes(
	store: Pick<EventStore, 'query'>
): Promise<readonly ColumnSize[]> {
	const tables = await store.query(
		raw(`select table_name from duckdb_tables() where not temporary and database_name = 'store'`)
	);
	const segments = join(
		tables.map(({ table_name: table }) => {
			const name = String(table);
			return sql`select ${name} as name, s.* from pragma_storage_info(${raw(`'${name}'`)}) s`;
		}),
		' union all '
	);
	const rows = await store.query(sql`
		with segments as (${segments}),
		sized as (
			select *, least(coalesce(
				lead(block_offset) over (partition by block_id order by block_offset), ${BLOCK}), ${BLOCK}) - block_offset
				as bytes
			from (select distinct on (name, row_group_id, column_path, segment_id) * from segments)
			where block_id >= 0
		)
		select name, column_name, sum(bytes + ${BLOCK} * len(additional_block_ids)) as bytes
		from sized group by all order by bytes desc`);
	const counts = new Map<string, number>();
	for (const { table_name: table } of tables) {
		const [row] = await store.query(sql`select count(*) as rows from ${identifier(String(table))}`);
		counts.set(String(table), Number(row?.['rows']));
	}
	return rows.map((row) => ({
		table: String(row['name']),
		column: String(row['column_name']),
		rows: counts.get(String(row['name'])) ?? 0,
		bytes: Number(row['bytes'])
	}));
}
