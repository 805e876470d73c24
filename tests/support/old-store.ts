import { openDatabase, run } from '../../analytics/stores/duckdb/connection.ts';
import { MIGRATIONS } from '../../analytics/stores/schema.ts';
import { raw, sql, type Sql } from '../../analytics/stores/sql.ts';

/** Writes a store as an older version left it: the steps of its schema up to `schema`, then its rows. */
export async function writeOldStore(
	file: string,
	schema: number,
	rows: readonly Sql[]
): Promise<void> {
	const database = await openDatabase(file, 'write');
	const connection = await database.connect();
	await run(connection, raw('create table migrations (number integer not null)'));
	for (const { number, statements } of MIGRATIONS.filter((step) => step.number <= schema)) {
		for (const statement of statements) await run(connection, raw(statement));
		await run(connection, sql`insert into migrations values (${number})`);
	}
	for (const row of rows) await run(connection, row);
	await run(connection, raw('checkpoint store'));
	connection.closeSync();
	database.close();
}
