import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ACCOUNT_MIGRATIONS } from './migrations.ts';

const versionRow = z.object({ user_version: z.number() });

/** Brings the tables of an open file up to date. */
export function migrateAccounts(database: DatabaseSync): void {
	const { user_version: version } = versionRow.parse(database.prepare('pragma user_version').get());
	ACCOUNT_MIGRATIONS.slice(version).forEach((statements, index) => {
		database.exec(`begin; ${statements} pragma user_version = ${version + index + 1}; commit;`);
	});
}
