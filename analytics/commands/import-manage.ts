import type { Engine } from '../engine.ts';
import { reportCsv } from '../exports/csv.ts';
import { Failure } from '../failure.ts';
import { importDetail } from '../imports/import-detail.ts';
import { PARITY_COLUMNS, parityOf } from '../imports/parity.ts';
import { removeImport } from '../imports/remove-import.ts';
import type { ImportRecord } from '../stores/import-store.ts';
import { siteNamed } from './arguments.ts';
import type { Command } from './command.ts';
import { recordDone } from './record-done.ts';

/** Lists what was imported, newest first, as tab-separated lines. */
export const importList: Command = {
	name: 'import list',
	usage: '[--site <domain>]',
	help: 'Lists imports: number, site, format, state, rows, first and last day, files.',
	options: ['site'],
	run: async ({ options }, engine, io) => {
		const named = options['site'];
		const site = named === undefined ? undefined : siteNamed(engine, named);
		const domains = new Map(engine.registry.sites().map(({ id, domain }) => [id, domain]));
		for (const record of await engine.store.imports.list(site?.id))
			io.out(
				`${[
					record.id,
					domains.get(record.site) ?? '',
					record.format,
					record.state === 'running' ? 'unfinished' : record.state,
					record.rows,
					record.from ?? '',
					record.to ?? '',
					record.files.join(' ')
				].join('\t')}\n`
			);
		return 0;
	}
};

/** Takes an import back. */
export const importRemove: Command = {
	name: 'import remove',
	usage: '<number>',
	help: 'Removes what an import brought, and derives its days again.',
	options: [],
	run: async ({ words: [given = ''] }, engine, io) => {
		const record = await importNamed(engine, given);
		await removeImport(engine, record.id);
		const site = engine.registry.sites().find(({ id }) => id === record.site);
		recordDone(engine, 'import_removed', site ?? null, importDetail(record));
		io.note(`Removed import ${record.id}: ${record.rows.toLocaleString('en')} rows.\n`);
		return 0;
	}
};

/** The figures of an import beside Byline's own of the same days. */
export const importParity: Command = {
	name: 'import parity',
	usage: '<number>',
	help: 'Compares the figures of an import with what Byline counted on the same days, as CSV.',
	options: [],
	run: async ({ words: [given = ''] }, engine, io) => {
		const record = await importNamed(engine, given);
		const rows = await parityOf(engine.store, record);
		const columns = PARITY_COLUMNS.map((id) => ({ id }));
		for (const text of reportCsv({ columns, rows })) io.out(text);
		if (rows.length === 0) io.note('There is no day that both have counted.\n');
		return 0;
	}
};

async function importNamed({ store }: Engine, given: string): Promise<ImportRecord> {
	const record = (await store.imports.list()).find(({ id }) => String(id) === given);
	if (record === undefined)
		throw new Failure('not_found', `There is no import "${given}"; "import list" names them.`);
	return record;
}
