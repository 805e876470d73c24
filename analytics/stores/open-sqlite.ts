import { DatabaseSync } from 'node:sqlite';

/** Another program that writes to the file, such as a command beside the server, is waited for rather than failed on. */
const BUSY_MS = 1_000;

/** Opens an SQLite file of the data folder for writing, or makes it: what is committed is on disk. */
export function openSqlite(file: string): DatabaseSync {
	const database = new DatabaseSync(file, { timeout: BUSY_MS });
	database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
	return database;
}
