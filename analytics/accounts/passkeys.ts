import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** A key of a device that signs a person in without a password. */
export interface Passkey {
	readonly id: string;
	readonly name: string;
	readonly since: string | null;
}

export interface Passkeys {
	readonly of: (person: string) => readonly Passkey[];
	/** False where the person has no such key. */
	readonly remove: (person: string, id: string) => boolean;
}

const passkeyRow = z
	.object({ id: z.string(), name: z.string().nullable(), createdAt: z.string().nullable() })
	.transform(({ id, name, createdAt: since }): Passkey => ({ id, name: name ?? 'Passkey', since }));

/** Lists and removes passkeys in an open, migrated file; better-auth makes them. */
export function openPasskeys(database: DatabaseSync): Passkeys {
	const select = database.prepare(
		'select "id", "name", "createdAt" from "passkey" where "userId" = ? order by "createdAt", "id"'
	);
	const erase = database.prepare('delete from "passkey" where "userId" = ? and "id" = ?');
	return {
		of: (person) => z.array(passkeyRow).parse(select.all(person)),
		remove: (person, id) => erase.run(person, id).changes > 0
	};
}
