import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Site } from '../posts/site.ts';

/** A named set of filters of a site. */
export interface Segment {
	readonly id: number;
	readonly name: string;
	/** As the query string writes them, in order. */
	readonly filters: readonly string[];
}

/** Segments that are saved. They belong to everybody who reads the site until there are accounts. */
export interface Segments {
	/** By name. */
	readonly list: (site: Site) => readonly Segment[];
	/** @throws Failure `bad_argument` where the name is taken or there are too many. */
	readonly add: (site: Site, name: string, filters: readonly string[], now: number) => Segment;
	/** False where there is no such segment. @throws Failure `bad_argument` where the name is taken. */
	readonly rename: (site: Site, id: number, name: string) => boolean;
	/** False where there is no such segment. */
	readonly remove: (site: Site, id: number) => boolean;
}

/** Most segments of one site. */
const MOST = 200;

/** Names are told apart without regard to case; `owner` stays null until there are accounts. */
export const SEGMENTS_MIGRATION = `create table segments (
		id integer primary key, site_id integer not null references sites (id), owner text,
		name text not null, filters text not null, created_at integer not null
	) strict;
	create unique index segments_name on segments (site_id, coalesce(owner, ''), name collate nocase);`;

const segmentRow = z
	.object({ id: z.number(), name: z.string(), filters: z.string() })
	.transform(({ id, name, filters }): Segment => ({
		id,
		name,
		filters: z.array(z.string()).parse(JSON.parse(filters))
	}));

/** Reads and writes the segments of an open, migrated registry. */
export function openSegments(database: DatabaseSync): Segments {
	const select = database.prepare(
		`select id, name, filters from segments where site_id = ? and owner is null
		 order by name collate nocase, id`
	);
	const named = database.prepare(
		'select id from segments where site_id = ? and owner is null and name = ? collate nocase'
	);
	const insert = database.prepare(
		`insert into segments (site_id, name, filters, created_at) values (?, ?, ?, ?)
		 returning id, name, filters`
	);
	const update = database.prepare('update segments set name = ? where site_id = ? and id = ?');
	const erase = database.prepare('delete from segments where site_id = ? and id = ?');

	function refuseTaken(site: Site, name: string, own?: number): void {
		const taken = named.get(site.id, name);
		if (taken !== undefined && taken['id'] !== own)
			throw new Failure('bad_argument', `There is a segment "${name}" already.`);
	}
	const list = (site: Site): readonly Segment[] => z.array(segmentRow).parse(select.all(site.id));

	return {
		list,
		add: (site, name, filters, now) => {
			refuseTaken(site, name);
			if (list(site).length >= MOST)
				throw new Failure('bad_argument', `A site has at most ${MOST} segments.`);
			return segmentRow.parse(insert.get(site.id, name, JSON.stringify(filters), now));
		},
		rename: (site, id, name) => {
			refuseTaken(site, name, id);
			return update.run(name, site.id, id).changes > 0;
		},
		remove: (site, id) => erase.run(site.id, id).changes > 0
	};
}
