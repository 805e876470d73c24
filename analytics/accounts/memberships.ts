import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ROLES, type Role } from './roles.ts';

/** What a person is on a site, or, where the site is `EVERY_SITE`, on all of them. */
export interface Membership {
	readonly person: string;
	readonly site: number;
	readonly role: Role;
	/** Of an author: the names in the catalogue that are theirs. */
	readonly authors: readonly string[];
}

/** Stands for all sites, those added later too. */
export const EVERY_SITE = 0;

export interface Memberships {
	/** Of a person, on all sites. */
	readonly of: (person: string) => readonly Membership[];
	/** Everybody who is anything on a site, also those who are so on every site. */
	readonly on: (site: number) => readonly Membership[];
	readonly put: (membership: Membership) => void;
	/** False where there was none. */
	readonly remove: (person: string, site: number) => boolean;
	/** Takes a site away from everybody. */
	readonly removeSite: (site: number) => void;
}

const membershipRow = z
	.object({ person: z.string(), site_id: z.number(), role: z.enum(ROLES), authors: z.string() })
	.transform(({ person, site_id: site, role, authors }): Membership => ({
		person,
		site,
		role,
		authors: z.array(z.string()).parse(JSON.parse(authors))
	}));
const membershipRows = z.array(membershipRow);

/** Reads and writes the roles of people in an open, migrated file. */
export function openMemberships(database: DatabaseSync): Memberships {
	const ofPerson = database.prepare('select * from memberships where person = ? order by site_id');
	const onSite = database.prepare(
		`select * from memberships where site_id in (?, ${EVERY_SITE}) order by site_id, person`
	);
	const upsert = database.prepare(
		`insert into memberships (person, site_id, role, authors) values (?, ?, ?, ?)
		 on conflict do update set role = excluded.role, authors = excluded.authors`
	);
	const erase = database.prepare('delete from memberships where person = ? and site_id = ?');
	const eraseSite = database.prepare('delete from memberships where site_id = ?');
	return {
		of: (person) => membershipRows.parse(ofPerson.all(person)),
		on: (site) => membershipRows.parse(onSite.all(site)),
		put: ({ person, site, role, authors }) => {
			upsert.run(person, site, role, JSON.stringify(role === 'author' ? authors : []));
		},
		remove: (person, site) => erase.run(person, site).changes > 0,
		removeSite: (site) => {
			eraseSite.run(site);
		}
	};
}
