import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { digestOf, newSecret } from './bearer-secret.ts';
import { hashPassword, isPassword, isProof, proofOf } from './share-password.ts';

/** A link that shows a site, or one screen of it, to whoever has it. Its text is not kept. */
export interface ShareLink {
	readonly id: number;
	readonly site: number;
	readonly name: string;
	/** How its token begins. */
	readonly prefix: string;
	/** The one screen that it shows, as a path below the site (`''` is the overview); null: the whole site. */
	readonly screen: string | null;
	/** As the query string writes them; a guest cannot lift them. */
	readonly filters: readonly string[];
	readonly hasPassword: boolean;
	/** Hosts whose pages may show it in a frame. */
	readonly hosts: readonly string[];
	/** Epoch milliseconds, as all times here. */
	readonly createdAt: number;
	/** Null: it does not expire. */
	readonly expiresAt: number | null;
	/** To the minute; null where it was never used. */
	readonly lastUsedAt: number | null;
}

export interface NewShareLink extends Pick<
	ShareLink,
	'name' | 'screen' | 'filters' | 'hosts' | 'expiresAt'
> {
	/** Empty: none. */
	readonly password: string;
}

/** Links of sites. */
export interface ShareLinks {
	/** The newest first. */
	readonly list: (site: number) => readonly ShareLink[];
	/** The token is told here and never again. */
	readonly add: (
		site: number,
		link: NewShareLink,
		now: number
	) => Promise<{ readonly link: ShareLink; readonly token: string }>;
	/** False where the site has no such link. */
	readonly remove: (site: number, id: number) => boolean;
	/** The link with this token, whose use is noted; null where there is none or it has expired. */
	readonly use: (token: string, now: number) => ShareLink | null;
	/** Whether a link needs no password, or `proof` shows that it was given. */
	readonly isOpen: (link: ShareLink, proof: string | undefined) => boolean;
	/** What shows from then on that the password was given; null where it is wrong. */
	readonly unlock: (link: ShareLink, password: string) => Promise<string | null>;
	/** Forgets all links of a site. */
	readonly removeSite: (site: number) => void;
}

export const SHARE_LINKS_MIGRATION = `create table share_links (
		id integer primary key autoincrement, site_id integer not null, name text not null,
		prefix text not null, digest blob not null unique, screen text, filters text not null,
		hosts text not null, password blob, created_at integer not null, expires_at integer,
		last_used_at integer
	) strict;
	create index share_links_site on share_links (site_id);`;

/** 192 bits, so that 168 are left beside the prefix. */
const BYTES = 24;
const NOTED_MS = 60_000;

const texts = z.string().transform((json) => z.array(z.string()).parse(JSON.parse(json)));
const linkRow = z
	.object({
		id: z.number(),
		site_id: z.number(),
		name: z.string(),
		prefix: z.string(),
		screen: z.string().nullable(),
		filters: texts,
		hosts: texts,
		has_password: z.number(),
		created_at: z.number(),
		expires_at: z.number().nullable(),
		last_used_at: z.number().nullable()
	})
	.transform((row): ShareLink => ({
		id: row.id,
		site: row.site_id,
		name: row.name,
		prefix: row.prefix,
		screen: row.screen,
		filters: row.filters,
		hosts: row.hosts,
		hasPassword: row.has_password === 1,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		lastUsedAt: row.last_used_at
	}));
const passwordRow = z.object({ password: z.instanceof(Uint8Array).nullable() });

/** Reads and writes the links of an open, migrated database. */
export function openShareLinks(database: DatabaseSync): ShareLinks {
	const columns = `id, site_id, name, prefix, screen, filters, hosts, password is not null as has_password,
		created_at, expires_at, last_used_at`;
	const select = database.prepare(
		`select ${columns} from share_links where site_id = ? order by id desc`
	);
	const insert = database.prepare(
		`insert into share_links (site_id, name, prefix, digest, screen, filters, hosts, password, created_at, expires_at)
		 values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning ${columns}`
	);
	const erase = database.prepare('delete from share_links where site_id = ? and id = ?');
	const eraseAll = database.prepare('delete from share_links where site_id = ?');
	const find = database.prepare(`select ${columns} from share_links where digest = ?`);
	const selectPassword = database.prepare('select password from share_links where id = ?');
	const noteUse = database.prepare('update share_links set last_used_at = ? where id = ?');

	function passwordOf({ id }: ShareLink): Uint8Array | null {
		const row = selectPassword.get(id);
		return row === undefined ? null : passwordRow.parse(row).password;
	}

	return {
		list: (site) => z.array(linkRow).parse(select.all(site)),
		add: async (site, { name, screen, filters, hosts, password, expiresAt }, now) => {
			const { text: token, digest, prefix } = newSecret('', BYTES);
			const hash = password === '' ? null : await hashPassword(password);
			const row = insert.get(
				site,
				name,
				prefix,
				digest,
				screen,
				JSON.stringify(filters),
				JSON.stringify(hosts),
				hash,
				now,
				expiresAt
			);
			return { link: linkRow.parse(row), token };
		},
		remove: (site, id) => erase.run(site, id).changes > 0,
		use: (token, now) => {
			const row = find.get(digestOf(token));
			if (row === undefined) return null;
			const link = linkRow.parse(row);
			if (link.expiresAt !== null && link.expiresAt <= now) return null;
			if (link.lastUsedAt !== null && Math.abs(now - link.lastUsedAt) < NOTED_MS) return link;
			noteUse.run(now, link.id);
			return { ...link, lastUsedAt: now };
		},
		isOpen: (link, proof) => {
			if (!link.hasPassword) return true;
			const hash = passwordOf(link);
			return hash !== null && proof !== undefined && isProof(proof, hash);
		},
		unlock: async (link, password) => {
			const hash = passwordOf(link);
			return hash !== null && (await isPassword(password, hash)) ? proofOf(hash) : null;
		},
		removeSite: (site) => {
			eraseAll.run(site);
		}
	};
}
