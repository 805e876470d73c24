import { parseSiteInput } from '../posts/site-input.ts';
import type { Command } from './command.ts';
import { recordDone } from './record-done.ts';

export const siteAdd: Command = {
	name: 'site add',
	usage: '<domain> [--timezone <IANA zone>]',
	help: 'Adds a site. Its days are those of the time zone (default UTC).',
	options: ['timezone'],
	run: ({ words, options }, engine, io) => {
		const [given = ''] = words;
		const { domain, zone } = parseSiteInput(given, options['timezone'] ?? 'UTC');
		const site = engine.addSite(domain, zone);
		recordDone(engine, 'site_added', site, { domain: site.domain });
		io.note(`Added ${site.domain} (${site.zone}).\n`);
		return Promise.resolve(0);
	}
};

export const siteList: Command = {
	name: 'site list',
	usage: '',
	help: 'Lists the sites.',
	options: [],
	run: (_, engine, io) => {
		for (const { domain, zone } of engine.registry.sites()) io.out(`${domain}\t${zone}\n`);
		return Promise.resolve(0);
	}
};
