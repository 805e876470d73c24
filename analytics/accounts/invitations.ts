import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Membership } from './memberships.ts';
import { hashOfToken, newToken } from './one-time-token.ts';
import { ROLES } from './roles.ts';

/** A role that waits for somebody. */
export interface Invitation extends Omit<Membership, 'person'> {
	readonly id: number;
	readonly email: string;
	/** Who invited, by id; null where that was the terminal. */
	readonly by: string | null;
	readonly expiresAt: number;
}

export interface Invitations {
	/** Of a site, the newest first; those past their time are left out. */
	readonly on: (site: number) => readonly Invitation[];
	/** Replaces an earlier one of the same address and site. Answers the token of the link, told this once. */
	readonly add: (invitation: Omit<Invitation, 'id' | 'expiresAt'>) => string;
	/** Null where there is none, it was used, or its time is over. */
	readonly find: (token: string) => Invitation | null;
	/** The same, and uses it up. */
	readonly take: (token: string) => Invitation | null;
	/** Gives back what was taken, where it came to nothing. */
	readonly giveBack: (token: string, invitation: Invitation) => void;
	/** False where there was none. */
	readonly withdraw: (id: number, site: number) => boolean;
	/** Those to an address. */
	readonly forget: (email: string) => void;
	readonly removeSite: (site: number) => void;
}

export const INVITATIONS_MIGRATION = `create table invitations (
		id integer primary key, token_hash text not null unique, email text not null, site_id integer not null,
		role text not null check (role in ('owner', 'editor', 'viewer', 'author')), authors text not null,
		invited_by text, expires_at integer not null
	) strict;`;

const LIFE_MS = 7 * 86_400_000;

const invitationRow = z
	.object({
		id: z.number(),
		email: z.string(),
		site_id: z.number(),
		role: z.enum(ROLES),
		authors: z.string(),
		invited_by: z.string().nullable(),
		expires_at: z.number()
	})
	.transform(
		({ site_id: site, authors, invited_by: by, expires_at: expiresAt, ...row }): Invitation => ({
			...row,
			site,
			authors: z.array(z.string()).parse(JSON.parse(authors)),
			by,
			expiresAt
		})
	);
const COLUMNS = 'id, email, site_id, role, authors, invited_by, expires_at';

/** Reads and writes invitations in an open, migrated file. */
export function openInvitations(database: DatabaseSync, now: () => number): Invitations {
	const onSite = database.prepare(
		`select ${COLUMNS} from invitations where site_id = ? and expires_at > ? order by id desc`
	);
	const erasePast = database.prepare(
		'delete from invitations where expires_at <= ? or (email = ? and site_id = ?)'
	);
	const insert = database.prepare(
		`insert into invitations (token_hash, email, site_id, role, authors, invited_by, expires_at)
		 values (?, ?, ?, ?, ?, ?, ?)`
	);
	const select = database.prepare(
		`select ${COLUMNS} from invitations where token_hash = ? and expires_at > ?`
	);
	const claim = database.prepare(
		`delete from invitations where token_hash = ? and expires_at > ? returning ${COLUMNS}`
	);
	const erase = database.prepare('delete from invitations where id = ? and site_id = ?');
	const eraseEmail = database.prepare('delete from invitations where email = ?');
	const eraseSite = database.prepare('delete from invitations where site_id = ?');
	const found = (row: unknown): Invitation | null =>
		row === undefined ? null : invitationRow.parse(row);

	function put(hash: string, given: Omit<Invitation, 'id'>): void {
		const { email, site, role, authors, by, expiresAt } = given;
		insert.run(hash, email, site, role, JSON.stringify(authors), by, expiresAt);
	}

	return {
		on: (site) => z.array(invitationRow).parse(onSite.all(site, now())),
		add: (given) => {
			const { token, hash } = newToken();
			const email = given.email.toLowerCase();
			erasePast.run(now(), email, given.site);
			put(hash, { ...given, email, expiresAt: now() + LIFE_MS });
			return token;
		},
		find: (token) => found(select.get(hashOfToken(token), now())),
		take: (token) => found(claim.get(hashOfToken(token), now())),
		giveBack: (token, invitation) => put(hashOfToken(token), invitation),
		withdraw: (id, site) => erase.run(id, site).changes > 0,
		forget: (email) => {
			eraseEmail.run(email);
		},
		removeSite: (site) => {
			eraseSite.run(site);
		}
	};
}
