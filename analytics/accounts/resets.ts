import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { hashOfToken, newToken } from './one-time-token.ts';

/** Links that set a new password. */
export interface Resets {
	/** Replaces an earlier link of the person. Answers its token, told this once. */
	readonly add: (person: string) => string;
	/** Whose password a link may set; null where it was used or its time is over. */
	readonly find: (token: string) => string | null;
	/** The same, and uses it up. */
	readonly take: (token: string) => string | null;
}

export const RESETS_MIGRATION = `create table resets (
		token_hash text primary key, person text not null references "user" ("id") on delete cascade,
		expires_at integer not null
	) strict, without rowid;`;

const LIFE_MS = 3_600_000;

const resetRow = z.object({ person: z.string() });

/** Reads and writes such links in an open, migrated file. */
export function openResets(database: DatabaseSync, now: () => number): Resets {
	const erase = database.prepare('delete from resets where person = ? or expires_at <= ?');
	const insert = database.prepare(
		'insert into resets (token_hash, person, expires_at) values (?, ?, ?)'
	);
	const select = database.prepare(
		'select person from resets where token_hash = ? and expires_at > ?'
	);
	const claim = database.prepare(
		'delete from resets where token_hash = ? and expires_at > ? returning person'
	);
	const found = (row: unknown): string | null =>
		row === undefined ? null : resetRow.parse(row).person;
	return {
		add: (person) => {
			const { token, hash } = newToken();
			erase.run(person, now());
			insert.run(hash, person, now() + LIFE_MS);
			return token;
		},
		find: (token) => found(select.get(hashOfToken(token), now())),
		take: (token) => found(claim.get(hashOfToken(token), now()))
	};
}
