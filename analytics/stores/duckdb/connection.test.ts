import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temp.ts';
import { raw } from '../sql.ts';
import { forgetCached, openDatabase, run } from './connection.ts';

const folder = temporaryFolder('connection');
afterAll(() => {
	folder.remove();
});

/** A database of its own with 256 MB. */
async function openSmall(name: string) {
	const database = await openDatabase(join(folder.path, name), 'write', {
		memory_limit: '256MB',
		threads: '1'
	});
	return { database, connection: await database.connect() };
}

test('what is cached of the file is let go down to what may be kept, and comes again when asked for', async () => {
	const { database, connection } = await openSmall('cached.duckdb');
	const ask = (text: string) => run(connection, raw(text));
	const cached = async (): Promise<number> => {
		const [row] = await ask(
			`select memory_usage_bytes::double / 1e6 as megabytes from duckdb_memory() where tag = 'BASE_TABLE'`
		);
		return Number(row?.['megabytes']);
	};
	const SUM = 'select sum(number)::double as sum from numbers';
	await ask('create table numbers as select hash(range)::double as number from range(6_000_000)');
	await ask('checkpoint store');
	const before = await ask(SUM);
	expect(await cached()).toBeGreaterThan(40);

	await forgetCached(connection, '16MB', '256MB');
	expect(await cached()).toBeLessThanOrEqual(17);
	expect(await ask(`select current_setting('memory_limit') as kept`)).toEqual([
		{ kept: '244.1 MiB' }
	]);
	expect(await ask(SUM)).toEqual(before);
	expect(await cached()).toBeGreaterThan(40);
	connection.closeSync();
	database.close();
});

test('where more is held than may be kept the limit stays', async () => {
	const { database, connection } = await openSmall('held.duckdb');
	await run(
		connection,
		raw('create table store.held as select hash(range) as number from range(6_000_000)')
	);
	await forgetCached(connection, '1MB', '256MB');
	expect(await run(connection, raw(`select current_setting('memory_limit') as kept`))).toEqual([
		{ kept: '244.1 MiB' }
	]);
	connection.closeSync();
	database.close();
});
