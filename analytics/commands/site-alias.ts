import { Failure } from '../failure.ts';
import { normaliseDomain } from '../events/wire.ts';
import { siteNamed } from './arguments.ts';
import type { Command } from './command.ts';

const ALIAS = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

export const siteAliasAdd: Command = {
	name: 'site alias add',
	usage: '<domain> <alias>',
	help: 'Counts events under another name for a site: a further host, or its website id in Umami.',
	options: [],
	run: ({ words: [domain = '', given = ''] }, engine, io) => {
		const site = siteNamed(engine, domain);
		const alias = normaliseDomain(given);
		if (!ALIAS.test(alias))
			throw new Failure(
				'bad_argument',
				`"${given}" is no alias; write a host such as www2.example.com, or a website id.`
			);
		engine.addAlias(site, alias);
		io.note(`${alias} now counts for ${site.domain}.\n`);
		return Promise.resolve(0);
	}
};

export const siteAliasRemove: Command = {
	name: 'site alias remove',
	usage: '<alias>',
	help: 'Takes such a name away again. What it counted stays.',
	options: [],
	run: ({ words: [given = ''] }, engine, io) => {
		const alias = normaliseDomain(given);
		if (!engine.removeAlias(alias)) throw new Failure('not_found', `There is no alias "${alias}".`);
		io.note(`Removed ${alias}.\n`);
		return Promise.resolve(0);
	}
};

export const siteAliasList: Command = {
	name: 'site alias list',
	usage: '<domain>',
	help: 'Lists the other names of a site.',
	options: [],
	run: ({ words: [domain = ''] }, engine, io) => {
		const site = siteNamed(engine, domain);
		for (const entry of engine.registry.aliases())
			if (entry.site === site.id) io.out(`${entry.alias}\n`);
		return Promise.resolve(0);
	}
};
