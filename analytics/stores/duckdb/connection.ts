import type {
	DuckDBConnection,
	DuckDBPreparedStatement,
	DuckDBResultReader
} from '@duckdb/node-api';
import {
	BIGINT,
	BLOB,
	BOOLEAN,
	DOUBLE,
	DuckDBBlobValue,
	DuckDBDateValue,
	DuckDBDecimalValue,
	DuckDBInstance,
	DuckDBListValue,
	INTEGER,
	VARCHAR,
	type DuckDBType,
	type DuckDBValue
} from '@duckdb/node-api';
import { existsSync } from 'node:fs';
import { Failure, messageOf } from '../../failure.ts';
import type { StoreRow, StoreValue } from '../event-store.ts';
import { textOf, type Sql, type SqlValue } from '../sql.ts';

/** What DuckDB says of a file that it can read but not understand; a full disk or a newer version is no damage. */
const DAMAGE =
	/not a valid DuckDB|corrupt|checksum|serializ|failure while replaying WAL|could not read enough bytes|INTERNAL Error/i;

/** An open database file. */
export interface Database {
	readonly connect: () => Promise<DuckDBConnection>;
	readonly close: () => void;
}

type Access = 'write' | 'read';

/** Without a write-ahead log: what was not checkpointed is read from the journal again. */
const ACCESS: Readonly<Record<Access, string>> = {
	write: 'recovery_mode no_wal_writes',
	read: 'read_only'
};

/**
 * Opens the database file; the driver's own messages end here. What is written reaches the disk at a checkpoint, and
 * only then.
 * @throws Failure `data_folder_busy`, `store_damaged` or `store`.
 */
export async function openDatabase(
	file: string,
	access: Access,
	options: Readonly<Record<string, string>> = {}
): Promise<Database> {
	const instance = await DuckDBInstance.create(':memory:', { ...options });
	const connect = async (): Promise<DuckDBConnection> => {
		const connection = await instance.connect();
		await connection.run('use store');
		return connection;
	};
	try {
		const first = await instance.connect();
		await first.run(`attach '${file.replaceAll("'", "''")}' as store (${ACCESS[access]})`);
		first.closeSync();
		return { connect, close: () => instance.closeSync() };
	} catch (thrown) {
		instance.closeSync();
		throw failureOf(file, thrown);
	}
}

function failureOf(file: string, thrown: unknown): Failure {
	const text = messageOf(thrown);
	if (/could not set lock|conflicting lock/i.test(text))
		return new Failure(
			'data_folder_busy',
			`The data folder is in use by another process (${file}).`
		);
	return new Failure(
		DAMAGE.test(text) ? 'store_damaged' : 'store',
		`The event store ${file} cannot be opened: ${firstLine(text)}`,
		{ cause: thrown }
	);
}

/** @throws Failure `data_folder_busy` where another process has the file open. */
export async function refuseBusyStore(file: string): Promise<void> {
	if (!existsSync(file)) return;
	try {
		(await openDatabase(file, 'read')).close();
	} catch (thrown) {
		if (thrown instanceof Failure && thrown.code === 'data_folder_busy') throw thrown;
	}
}

/**
 * Forgets what the database keeps in memory of its file, down to `kept`; it is read again when it is asked for. Both
 * limits are set in one call, so that no query meets the lower one; where queries hold more than that, nothing changes.
 */
export async function forgetCached(
	connection: DuckDBConnection,
	kept: string,
	limit: string
): Promise<void> {
	await connection
		.run(`set memory_limit = '${kept}'; set memory_limit = '${limit}'`)
		.catch(() => undefined);
}

/** Runs one query and answers plain values: numbers, text, booleans, null and lists of them. */
export async function run(connection: DuckDBConnection, query: Sql): Promise<readonly StoreRow[]> {
	return rowsOf(
		await connection.runAndReadAll(
			textOf(query),
			query.values.map(toDriver),
			query.values.map(typeOf)
		)
	);
}

/**
 * Runs queries whose texts come again and again: each is parsed once. Only for a fixed set of texts, since every one
 * stays, and only for queries over a temporary table that is made anew before each: DuckDB keeps a plan, and what it
 * left out for the rows of then (an empty table, a day after the last), until a table that it reads is another.
 */
export function prepareOnce(
	connection: DuckDBConnection
): (query: Sql) => Promise<readonly StoreRow[]> {
	const statements = new Map<string, DuckDBPreparedStatement>();
	return async (query) => {
		const text = textOf(query);
		let statement = statements.get(text);
		if (statement === undefined) {
			statement = await connection.prepare(text);
			statements.set(text, statement);
		}
		statement.bind(query.values.map(toDriver), query.values.map(typeOf));
		return rowsOf(await statement.runAndReadAll());
	};
}

function rowsOf(reader: DuckDBResultReader): readonly StoreRow[] {
	const names = reader.deduplicatedColumnNames();
	return reader.getRows().map((row) => {
		const plain: Record<string, StoreValue> = {};
		names.forEach((name, index) => (plain[name] = fromDriver(row[index] ?? null)));
		return plain;
	});
}

function typeOf(value: SqlValue): DuckDBType {
	if (typeof value === 'boolean') return BOOLEAN;
	if (Buffer.isBuffer(value)) return BLOB;
	if (typeof value !== 'number') return VARCHAR;
	if (!Number.isSafeInteger(value)) return DOUBLE;
	return Math.abs(value) < 2 ** 31 ? INTEGER : BIGINT;
}

function toDriver(value: SqlValue): DuckDBValue {
	if (Buffer.isBuffer(value)) return new DuckDBBlobValue(value);
	return typeof value === 'number' && typeOf(value) === BIGINT ? BigInt(value) : value;
}

function fromDriver(value: DuckDBValue): StoreValue {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'bigint') return Number(value);
	if (value instanceof DuckDBDateValue) return value.toString();
	if (value instanceof DuckDBDecimalValue) return value.toDouble();
	if (value instanceof DuckDBListValue) return value.items.map(fromDriver);
	throw new TypeError(`A query answered a value of an unforeseen type: ${String(value)}`);
}

function firstLine(text: string): string {
	return text.split('\n', 1)[0] ?? text;
}
