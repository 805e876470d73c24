import { join } from 'node:path';
import { Failure, messageOf } from '../../failure.ts';
import { WHOLE_SITE, type SiteFiles, type SiteTable } from '../site-files.ts';
import {
	NUMBERED_COLUMNS,
	NUMBERING_JOINS,
	NUMBERS,
	numberStatements,
	spelledOut
} from '../numbered.ts';
import { raw, sql } from '../sql.ts';
import type { Write } from './write.ts';

type Transaction = <T>(work: (write: Write) => Promise<T>) => Promise<T>;

/** `copy` takes no bound names of files. */
function quoted(path: string): string {
	return `'${path.replaceAll("'", "''")}'`;
}

function orderOf(table: SiteTable): string {
	return table === 'events' ? 'seq' : 'all';
}

function isNumbered(table: SiteTable): boolean {
	return (
		table === 'events' ||
		table === 'views' ||
		table === 'readings' ||
		table === 'visits' ||
		table === 'cta_exposures'
	);
}

/** The rows of a site, without the site. A page view's id is its visitor's, who is one of the site. */
function rowsOf(table: SiteTable, site: number): string {
	return table === 'page_view_ids'
		? `select v.* from page_view_ids v
			semi join (select visitor from events where site_id = ${Math.trunc(site)}) e using (visitor)`
		: `select * exclude (site_id) from (${isNumbered(table) ? spelledOut(table) : `from ${table}`}) where site_id = ${Math.trunc(site)}`;
}

/** Numbers that are unique in an installation move behind those that are taken: `$seq` and `$import` are the last ones. */
const MOVED: Readonly<Partial<Record<SiteTable, string>>> = {
	events:
		'replace (seq + $seq as seq, visitor + $seq as visitor, import_id + $import as import_id)',
	visitor_ids: 'replace (visitor + $seq as visitor)',
	page_view_ids: 'replace (visitor + $seq as visitor)',
	imports: 'replace (id + $import as id)',
	imported: 'replace (import_id + $import as import_id)'
};

/** Stores events that have texts where the store has numbers. */
async function insertNumbered(write: Write, rows: string): Promise<void> {
	await write(raw(`create or replace temporary table spelled_out as ${rows}`));
	for (const statement of numberStatements('spelled_out')) await write(raw(statement));
	await write(
		raw(`insert into events by name
			select e.* exclude (${NUMBERED_COLUMNS}), ${NUMBERS} from spelled_out e ${NUMBERING_JOINS} order by e.seq`)
	);
	await write(raw('drop table spelled_out'));
}

export function openSiteFiles(transaction: Transaction): SiteFiles {
	return {
		write: (site, table, file, format) =>
			transaction(async (write) => {
				await write(
					raw(`copy (${rowsOf(table, site)} order by ${orderOf(table)})
						to ${quoted(file)} (format ${format === 'csv' ? 'csv, header' : 'parquet, compression zstd'})`)
				);
				const [row] = await write(raw(`select count(*) as rows from (${rowsOf(table, site)})`));
				return Number(row?.['rows']);
			}),
		read: (site, folder) =>
			transaction(async (write) => {
				try {
					const [last] = await write(
						raw(`select (select next_seq - 1 from state) as seq,
							(select coalesce(max(id), 0) from imports) as import`)
					);
					for (const table of WHOLE_SITE) {
						const moved = (MOVED[table] ?? '')
							.replaceAll('$seq', String(last?.['seq']))
							.replaceAll('$import', String(last?.['import']));
						const own = table === 'page_view_ids' ? '' : `${Math.trunc(site)} as site_id, `;
						const rows = `select ${own}* ${moved} from read_parquet(${quoted(join(folder, `${table}.parquet`))})`;
						await (table === 'events'
							? insertNumbered(write, rows)
							: write(raw(`insert into ${table} by name ${rows}`)));
					}
				} catch (thrown) {
					throw new Failure(
						'bad_file',
						`${folder} is no export of a site that fits: ${messageOf(thrown).split('\n', 1)[0] ?? ''}`
					);
				}
				await write(
					raw('update state set next_seq = greatest(next_seq, (select max(seq) + 1 from events))')
				);
				await write(sql`
					insert into touched select distinct site_id, day from events where site_id = ${site}`);
			})
	};
}
