import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Somebody with an account. */
export interface Person {
	readonly id: string;
	readonly name: string;
	readonly email: string;
	readonly hasTwoFactor: boolean;
	readonly createdAt: string;
}

export interface People {
	readonly count: () => number;
	readonly list: () => readonly Person[];
	readonly get: (id: string) => Person | null;
	/** By address, in any case. */
	readonly byEmail: (email: string) => Person | null;
	/** For somebody who lost app and codes. */
	readonly endTwoFactor: (id: string) => void;
	/** Takes the account away, with its sessions, passkeys and roles. */
	readonly remove: (id: string) => void;
}

const personRow = z
	.object({
		id: z.string(),
		name: z.string(),
		email: z.string(),
		twoFactorEnabled: z.number().nullable(),
		createdAt: z.string()
	})
	.transform(({ twoFactorEnabled, ...row }): Person => ({
		...row,
		hasTwoFactor: twoFactorEnabled === 1
	}));

const COLUMNS = '"id", "name", "email", "twoFactorEnabled", "createdAt"';

/** Reads the people of an open, migrated file; better-auth writes them. */
export function openPeople(database: DatabaseSync): People {
	const counted = database.prepare('select count(*) as people from "user"');
	const all = database.prepare(
		`select ${COLUMNS} from "user" order by "name" collate nocase, "id"`
	);
	const one = database.prepare(`select ${COLUMNS} from "user" where "id" = ?`);
	const named = database.prepare(`select ${COLUMNS} from "user" where "email" = lower(?)`);
	const erase = database.prepare('delete from "user" where "id" = ?');
	const eraseSecret = database.prepare('delete from "twoFactor" where "userId" = ?');
	const withoutCode = database.prepare('update "user" set "twoFactorEnabled" = 0 where "id" = ?');
	const found = (row: unknown): Person | null => (row === undefined ? null : personRow.parse(row));
	return {
		count: () => z.object({ people: z.number() }).parse(counted.get()).people,
		list: () => z.array(personRow).parse(all.all()),
		get: (id) => found(one.get(id)),
		byEmail: (email) => found(named.get(email)),
		endTwoFactor: (id) => {
			withoutCode.run(id);
			eraseSecret.run(id);
		},
		remove: (id) => {
			erase.run(id);
		}
	};
}
