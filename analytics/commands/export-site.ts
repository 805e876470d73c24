import { resolve } from 'node:path';
import { catalogueCsv } from '../exports/catalogue-csv.ts';
import { catalogueJson } from '../exports/catalogue-json.ts';
import { readSite, writeSite } from '../exports/site-export.ts';
import { Failure } from '../failure.ts';
import { FACTS } from '../stores/schema.ts';
import { siteOption } from './arguments.ts';
import type { Command, CommandInput, CommandIo } from './command.ts';
import { recordDone } from './record-done.ts';

function formatOption({ options }: CommandInput): 'csv' | 'parquet' {
	const format = options['format'] ?? 'csv';
	if (format !== 'csv' && format !== 'parquet')
		throw new Failure('bad_argument', `--format is "${format}", but must be csv or parquet.`);
	return format;
}

function target({ words: [given] }: CommandInput, io: CommandIo): string {
	if (given === undefined) throw new Failure('bad_argument', 'Say where to write to.');
	return resolve(io.folder, given);
}

export const exportEvents: Command = {
	name: 'export events',
	usage: '<file> [--site <domain>] [--format csv|parquet]',
	help: 'Writes all events of a site to a file.',
	options: ['site', 'format'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const file = target(input, io);
		await engine.drain();
		const format = formatOption(input);
		const rows = await engine.store.files.write(site.id, 'events', file, format);
		recordDone(engine, 'exported', site, { export: 'table events', format });
		io.note(`${rows.toLocaleString('en')} events.\n`);
		return 0;
	}
};

export const exportFacts: Command = {
	name: 'export facts',
	usage: '<fact> <file> [--site <domain>] [--format csv|parquet]',
	help: `Writes a fact of a site to a file: ${FACTS.join(', ')}.`,
	options: ['site', 'format'],
	run: async (input, engine, io) => {
		const [name = '', ...words] = input.words;
		const fact = FACTS.find((known) => known === name);
		if (fact === undefined)
			throw new Failure('bad_argument', `"${name}" is no fact. There is ${FACTS.join(', ')}.`);
		const site = siteOption(input, engine);
		const file = target({ ...input, words }, io);
		await engine.drain();
		const format = formatOption(input);
		const rows = await engine.store.files.write(site.id, fact, file, format);
		recordDone(engine, 'exported', site, { export: `table ${fact}`, format });
		io.note(`${rows.toLocaleString('en')} rows.\n`);
		return 0;
	}
};

export const exportCatalogue: Command = {
	name: 'export catalogue',
	usage: '[--site <domain>] [--format json|csv]',
	help: 'Writes the posts of a site to standard output, as the JSON that "posts sync" reads, or as CSV.',
	options: ['site', 'format'],
	run: (input, engine, io) => {
		const site = siteOption(input, engine);
		const format = input.options['format'] ?? 'json';
		if (format !== 'json' && format !== 'csv')
			throw new Failure('bad_argument', `--format is "${format}", but must be json or csv.`);
		const posts = engine.posts(site);
		for (const text of format === 'csv' ? catalogueCsv(posts) : [catalogueJson(posts)])
			io.out(text);
		recordDone(engine, 'exported', site, { export: 'catalogue' });
		return Promise.resolve(0);
	}
};

export const exportSite: Command = {
	name: 'export site',
	usage: '<new folder> [--site <domain>]',
	help: 'Writes all of a site into a folder that "import site" of another installation reads.',
	options: ['site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const events = await writeSite(engine, site, target(input, io));
		recordDone(engine, 'exported', site, { export: 'site' });
		io.note(`${events.toLocaleString('en')} events.\n`);
		return 0;
	}
};

export const importSite: Command = {
	name: 'import site',
	usage: '<folder>',
	help: 'Makes a site of such a folder.',
	options: [],
	run: async (input, engine, io) => {
		const site = await readSite(engine, target(input, io));
		recordDone(engine, 'site_added', site, { domain: site.domain });
		io.note(`Added ${site.domain} (${site.zone}).\n`);
		return 0;
	}
};
