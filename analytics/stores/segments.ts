import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Site } from '../posts/site.ts';

/** A named set of filters of a site. */
export interface Segment {
	readonly id: number;
	readonly name: string;
	/** As the query string writes them, in order. */
	readonly filters: readonly string[];
	/** Whether it is for everybody who reads the site, or for the person alone who saved it. */
	readonly shared: boolean;
}

/** Whose segments may be changed: a person's own, and, where `shared` says so, those for everybody. */
export interface SegmentReach {
	readonly person: string | null;
	readonly shared: boolean;
}

/** Segments that are saved. */
export interface Segments {
	/** By name: those for everybody and, where one is given, those of a person. */
	readonly list: (site: Site, person?: string | null) => readonly Segment[];
	/** For everybody, or for the person who is given. @throws Failure `bad_argument` where the name is taken or there are too many. */
	readonly add: (
		site: Site,
		segment: Pick<Segment, 'name' | 'filters'>,
		now: number,
		person?: string | null
	) => Segment;
	/** False where there is no such segment within reach. @throws Failure `bad_argument` where the name is taken. */
	readonly rename: (site: Site, id: number, name: string, reach: SegmentReach) => boolean;
	/** False where there is no such segment within reach. */
	readonly remove: (site: Site, id: number, reach: SegmentReach) => boolean;
	/** Those of a person, by site. */
	readonly of: (person: string) => readonly (Segment & { readonly site: number })[];
	/** Takes away what a person saved for themselves. */
	readonly forget: (person: string) => void;
}

/** Most segments of one site for everybody, and of one person on it. */
const MOST = 200;

/** Names are told apart without regard to case; those for everybody have no owner. */
export const SEGMENTS_MIGRATION = `create table segments (
		id integer primary key, site_id integer not null references sites (id), owner text,
		name text not null, filters text not null, created_at integer not null
	) strict;
	create unique index segments_name on segments (site_id, coalesce(owner, ''), name collate nocase);`;

const segmentRow = z
	.object({ id: z.number(), name: z.string(), filters: z.string(), owner: z.string().nullable() })
	.transform(({ id, name, filters, owner }): Segment => ({
		id,
		name,
		filters: z.array(z.string()).parse(JSON.parse(filters)),
		shared: owner === null
	}));
const siteRow = z.object({ site_id: z.number() });

/** Reads and writes the segments of an open, migrated registry. */
export function openSegments(database: DatabaseSync): Segments {
	const select = database.prepare(
		`select id, name, filters, owner from segments where site_id = ? and (owner is null or owner = ?)
		 order by name collate nocase, id`
	);
	const selectOf = database.prepare(
		'select id, site_id, name, filters, owner from segments where owner = ? order by site_id, id'
	);
	const named = database.prepare(
		'select id from segments where site_id = ? and owner is ? and name = ? collate nocase'
	);
	const count = database.prepare(
		'select count(*) as number from segments where site_id = ? and owner is ?'
	);
	const insert = database.prepare(
		`insert into segments (site_id, owner, name, filters, created_at) values (?, ?, ?, ?, ?)
		 returning id, name, filters, owner`
	);
	const within = 'site_id = ? and id = ? and (owner = ? or (owner is null and ?))';
	const ownerOf = database.prepare(`select owner from segments where ${within}`);
	const update = database.prepare('update segments set name = ? where id = ?');
	const erase = database.prepare(`delete from segments where ${within}`);
	const eraseOf = database.prepare('delete from segments where owner = ?');

	function refuseTaken(site: Site, owner: SQLOutputValue, name: string, own?: number): void {
		const taken = named.get(site.id, owner, name);
		if (taken !== undefined && taken['id'] !== own)
			throw new Failure('bad_argument', `There is a segment "${name}" already.`);
	}

	return {
		list: (site, person = null) => z.array(segmentRow).parse(select.all(site.id, person)),
		add: (site, { name, filters }, now, person = null) => {
			refuseTaken(site, person, name);
			if (Number(count.get(site.id, person)?.['number']) >= MOST)
				throw new Failure('bad_argument', `A site has at most ${MOST} segments.`);
			return segmentRow.parse(insert.get(site.id, person, name, JSON.stringify(filters), now));
		},
		rename: (site, id, name, { person, shared }) => {
			const found = ownerOf.get(site.id, id, person, Number(shared));
			if (found === undefined) return false;
			refuseTaken(site, found['owner'] ?? null, name, id);
			return update.run(name, id).changes > 0;
		},
		remove: (site, id, { person, shared }) =>
			erase.run(site.id, id, person, Number(shared)).changes > 0,
		of: (person) =>
			selectOf.all(person).map((row) => ({
				...segmentRow.parse(row),
				site: siteRow.parse(row).site_id
			})),
		forget: (person) => {
			eraseOf.run(person);
		}
	};
}
