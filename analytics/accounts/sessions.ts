import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** Where somebody is signed in. */
export interface OpenSession {
	readonly id: string;
	readonly userAgent: string;
	readonly since: string;
	/** The last day that it was used on, to a day. */
	readonly usedAt: string;
}

export interface Sessions {
	/** Of a person, the newest first; those past their time are left out. */
	readonly of: (person: string) => readonly OpenSession[];
	/** False where the person has no such session. */
	readonly end: (person: string, id: string) => boolean;
	/** All but one. Answers how many. */
	readonly endOthers: (person: string, kept: string) => number;
	readonly endAll: (person: string) => void;
}

const sessionRow = z
	.object({
		id: z.string(),
		userAgent: z.string().nullable(),
		createdAt: z.string(),
		updatedAt: z.string()
	})
	.transform(({ id, userAgent, createdAt: since, updatedAt: usedAt }): OpenSession => ({
		id,
		userAgent: userAgent ?? '',
		since,
		usedAt
	}));

/** Lists and ends sessions in an open, migrated file; better-auth makes them. */
export function openSessions(database: DatabaseSync, now: () => number): Sessions {
	const select = database.prepare(
		`select "id", "userAgent", "createdAt", "updatedAt" from "session"
		 where "userId" = ? and "expiresAt" > ? order by "createdAt" desc, "id"`
	);
	const erase = database.prepare('delete from "session" where "userId" = ? and "id" = ?');
	const eraseOthers = database.prepare('delete from "session" where "userId" = ? and "id" <> ?');
	const eraseAll = database.prepare('delete from "session" where "userId" = ?');
	return {
		of: (person) => z.array(sessionRow).parse(select.all(person, new Date(now()).toISOString())),
		end: (person, id) => erase.run(person, id).changes > 0,
		endOthers: (person, kept) => Number(eraseOthers.run(person, kept).changes),
		endAll: (person) => {
			eraseAll.run(person);
		}
	};
}
