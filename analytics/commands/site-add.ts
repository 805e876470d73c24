import { Failure } from '../failure.ts';
import { normaliseDomain } from '../events/wire.ts';
import { isZone } from '../time/local.ts';
import type { Command } from './command.ts';

const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

export const siteAdd: Command = {
	name: 'site add',
	usage: '<domain> [--timezone <IANA zone>]',
	help: 'Adds a site. Its days are those of the time zone (default UTC).',
	options: ['timezone'],
	run: ({ words, options }, engine, io) => {
		const [given = ''] = words;
		const domain = normaliseDomain(given.replace(/^https?:\/\//, '').replace(/\/.*$/, ''));
		if (!DOMAIN.test(domain))
			throw new Failure('bad_argument', `"${given}" is no domain; write it as blog.example.com.`);
		const zone = options['timezone'] ?? 'UTC';
		if (!isZone(zone))
			throw new Failure(
				'bad_argument',
				`"${zone}" is no time zone; write an IANA name such as Europe/Berlin.`
			);
		const site = engine.addSite(domain, zone);
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
