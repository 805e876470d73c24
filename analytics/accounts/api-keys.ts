import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { digestOf, newSecret } from './bearer-secret.ts';

/** What a key may do, by the words that screens have for it. */
export const KEY_SCOPES = {
	reports: 'Read reports',
	events: 'Send events with timestamps',
	catalogue: 'Manage the catalogue'
} as const satisfies Record<string, string>;
export type KeyScope = keyof typeof KEY_SCOPES;

export const isKeyScope = (text: string): text is KeyScope => Object.hasOwn(KEY_SCOPES, text);

/** A key as it is kept: its text is not. */
export interface ApiKey {
	readonly id: number;
	readonly site: number;
	readonly name: string;
	/** How its text begins. */
	readonly prefix: string;
	readonly scopes: readonly KeyScope[];
	/** Author names, one of which a post must carry to be read with it; null: every post. */
	readonly authors: readonly string[] | null;
	/** Epoch milliseconds, as all times here. */
	readonly createdAt: number;
	/** Null: it does not expire. */
	readonly expiresAt: number | null;
	/** To the minute; null where it was never used. */
	readonly lastUsedAt: number | null;
}

export type NewApiKey = Pick<ApiKey, 'name' | 'scopes' | 'authors' | 'expiresAt'>;

/** Keys of sites, for programs that read reports, send events or keep the catalogue. */
export interface ApiKeys {
	/** The newest first. */
	readonly list: (site: number) => readonly ApiKey[];
	/** The text is told here and never again. */
	readonly add: (
		site: number,
		key: NewApiKey,
		now: number
	) => { readonly key: ApiKey; readonly text: string };
	/** False where the site has no such key. */
	readonly remove: (site: number, id: number) => boolean;
	/** The key with this text, whose use is noted; null where there is none or it has expired. */
	readonly use: (text: string, now: number) => ApiKey | null;
	/** Forgets all keys of a site. */
	readonly removeSite: (site: number) => void;
}

export const API_KEYS_MIGRATION = `create table api_keys (
		id integer primary key autoincrement, site_id integer not null, name text not null,
		prefix text not null, digest blob not null unique, scopes text not null, authors text,
		created_at integer not null, expires_at integer, last_used_at integer
	) strict;
	create index api_keys_site on api_keys (site_id);`;

const MARK = 'byline_';
const BYTES = 24;
const NOTED_MS = 60_000;

const texts = z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json)));
const keyRow = z
	.object({
		id: z.number(),
		site_id: z.number(),
		name: z.string(),
		prefix: z.string(),
		scopes: texts,
		authors: texts.nullable(),
		created_at: z.number(),
		expires_at: z.number().nullable(),
		last_used_at: z.number().nullable()
	})
	.transform((row): ApiKey => ({
		id: row.id,
		site: row.site_id,
		name: row.name,
		prefix: row.prefix,
		scopes: row.scopes.filter(isKeyScope),
		authors: row.authors,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		lastUsedAt: row.last_used_at
	}));

/** Reads and writes the keys of an open, migrated database. */
export function openApiKeys(database: DatabaseSync): ApiKeys {
	const columns =
		'id, site_id, name, prefix, scopes, authors, created_at, expires_at, last_used_at';
	const select = database.prepare(
		`select ${columns} from api_keys where site_id = ? order by id desc`
	);
	const insert = database.prepare(
		`insert into api_keys (site_id, name, prefix, digest, scopes, authors, created_at, expires_at)
		 values (?, ?, ?, ?, ?, ?, ?, ?) returning ${columns}`
	);
	const erase = database.prepare('delete from api_keys where site_id = ? and id = ?');
	const eraseAll = database.prepare('delete from api_keys where site_id = ?');
	const find = database.prepare(`select ${columns} from api_keys where digest = ?`);
	const noteUse = database.prepare('update api_keys set last_used_at = ? where id = ?');

	return {
		list: (site) => z.array(keyRow).parse(select.all(site)),
		add: (site, { name, scopes, authors, expiresAt }, now) => {
			const { text, digest, prefix } = newSecret(MARK, BYTES);
			const row = insert.get(
				site,
				name,
				prefix,
				digest,
				JSON.stringify(scopes),
				authors === null ? null : JSON.stringify(authors),
				now,
				expiresAt
			);
			return { key: keyRow.parse(row), text };
		},
		remove: (site, id) => erase.run(site, id).changes > 0,
		use: (text, now) => {
			if (!text.startsWith(MARK)) return null;
			const row = find.get(digestOf(text));
			if (row === undefined) return null;
			const key = keyRow.parse(row);
			if (key.expiresAt !== null && key.expiresAt <= now) return null;
			if (key.lastUsedAt !== null && Math.abs(now - key.lastUsedAt) < NOTED_MS) return key;
			noteUse.run(now, key.id);
			return { ...key, lastUsedAt: now };
		},
		removeSite: (site) => {
			eraseAll.run(site);
		}
	};
}
