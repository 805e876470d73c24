import type { DatabaseSync } from 'node:sqlite';

/** All that is written, or nothing of it where it throws. Not one inside another. */
export function atomically<T>(database: DatabaseSync, work: () => T): T {
	database.exec('begin immediate');
	try {
		const result = work();
		database.exec('commit');
		return result;
	} catch (thrown) {
		database.exec('rollback');
		throw thrown;
	}
}
