import type { DuckDBConnection } from '@duckdb/node-api';
import {
	BIGINT,
	BOOLEAN,
	DOUBLE,
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
	/not a valid DuckDB|corrupt|checksum|serializ|failure while replaying WAL|INTERNAL Error/i;

/**
 * Opens the database file; the driver's own messages end here.
 * @throws Failure `data_folder_busy`, `store_damaged` or `store`.
 */
export async function openInstance(
	file: string,
	options: Readonly<Record<string, string>>
): Promise<DuckDBInstance> {
	try {
		return await DuckDBInstance.create(file, { ...options });
	} catch (thrown) {
		const text = messageOf(thrown);
		if (/could not set lock|conflicting lock/i.test(text))
			throw new Failure(
				'data_folder_busy',
				`The data folder is in use by another process (${file}).`
			);
		throw new Failure(
			DAMAGE.test(text) ? 'store_damaged' : 'store',
			`The event store ${file} cannot be opened: ${firstLine(text)}`,
			{
				cause: thrown
			}
		);
	}
}

/** @throws Failure `data_folder_busy` where another process has the file open. */
export async function refuseBusyStore(file: string): Promise<void> {
	if (!existsSync(file)) return;
	try {
		(await openInstance(file, { access_mode: 'READ_ONLY' })).closeSync();
	} catch (thrown) {
		if (thrown instanceof Failure && thrown.code === 'data_folder_busy') throw thrown;
	}
}

/** Runs one query and answers plain values: numbers, text, booleans, null and lists of them. */
export async function run(connection: DuckDBConnection, query: Sql): Promise<readonly StoreRow[]> {
	const values: DuckDBValue[] = query.values.map(toDriver);
	const types: DuckDBType[] = query.values.map(typeOf);
	const reader = await connection.runAndReadAll(textOf(query), values, types);
	const names = reader.deduplicatedColumnNames();
	return reader.getRows().map((row) => {
		const plain: Record<string, StoreValue> = {};
		names.forEach((name, index) => (plain[name] = fromDriver(row[index] ?? null)));
		return plain;
	});
}

function typeOf(value: SqlValue): DuckDBType {
	if (typeof value === 'boolean') return BOOLEAN;
	if (typeof value !== 'number') return VARCHAR;
	if (!Number.isSafeInteger(value)) return DOUBLE;
	return Math.abs(value) < 2 ** 31 ? INTEGER : BIGINT;
}

function toDriver(value: SqlValue): DuckDBValue {
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
