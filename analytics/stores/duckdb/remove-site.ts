import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MONTH_TABLES, ROLLUP_TABLES } from '../rollups.ts';
import { FACTS } from '../schema.ts';
import { raw, sql } from '../sql.ts';
import type { Write } from './write.ts';

/** Tables whose rows name their site; those of `page_view_ids` name a visitor, who is one of a site. */
const TABLES: readonly string[] = [
	'events',
	'event_ids',
	'visitor_ids',
	'touched',
	'unrolled',
	'staged',
	'imports',
	'imported',
	'page_rules',
	'page_folds',
	'catalogues',
	'posts',
	'post_paths',
	'post_topics',
	'post_authors',
	...FACTS,
	...ROLLUP_TABLES,
	...MONTH_TABLES.map(({ table }) => table)
];

/** Deletes every row of a site. */
export async function removeSite(write: Write, site: number): Promise<void> {
	await write(sql`
		delete from page_view_ids where visitor in (select visitor from visitor_ids where site_id = ${site})`);
	for (const table of TABLES) await write(sql`delete from ${raw(table)} where site_id = ${site}`);
}

/**
 * Copies the store into a new file beside its own: what was deleted stays readable in the old one, in blocks that are
 * free and in row groups that still have other rows.
 */
export async function writeAnew(write: Write, file: string): Promise<void> {
	const fresh = freshOf(file);
	await rm(fresh, { force: true });
	await write(
		raw(`attach '${fresh.replaceAll("'", "''")}' as fresh (recovery_mode no_wal_writes)`)
	);
	try {
		await write(raw('copy from database store to fresh'));
		await write(raw('checkpoint fresh'));
	} finally {
		await write(raw('detach fresh'));
	}
}

/** Puts that copy into the place of the store's file, which nothing has open. */
export async function putInPlace(file: string): Promise<void> {
	await rename(freshOf(file), file);
	const folder = await open(dirname(file));
	await folder.sync();
	await folder.close();
}

function freshOf(file: string): string {
	return `${file}.new`;
}
