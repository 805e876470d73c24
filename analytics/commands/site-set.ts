import { Failure } from '../failure.ts';
import { PRIVACY_SIGNALS } from '../posts/privacy-signals.ts';
import { siteNamed } from './arguments.ts';
import type { Command } from './command.ts';

export const siteSet: Command = {
	name: 'site set',
	usage: '<domain> --privacy-signals honour|ignore',
	help: 'Drops the events of readers whose browser has Global Privacy Control or Do Not Track on (honour), or counts them as any other (ignore, the default), from now on.',
	options: ['privacy-signals'],
	run: ({ words: [domain = ''], options }, engine, io) => {
		const site = siteNamed(engine, domain);
		const given = options['privacy-signals'];
		const value = PRIVACY_SIGNALS.find((allowed) => allowed === given);
		if (value === undefined)
			throw new Failure(
				'bad_argument',
				`--privacy-signals is "${given ?? ''}", but must be ${PRIVACY_SIGNALS.join(' or ')}.`
			);
		engine.setPrivacySignals(site, value);
		io.note(`${site.domain} now ${value === 'honour' ? 'honours' : 'ignores'} privacy signals.\n`);
		return Promise.resolve(0);
	}
};

export const siteShow: Command = {
	name: 'site show',
	usage: '<domain>',
	help: 'Shows what is set for a site.',
	options: [],
	run: ({ words: [domain = ''] }, engine, io) => {
		const site = siteNamed(engine, domain);
		io.out(`timezone\t${site.zone}\n`);
		io.out(`privacy-signals\t${engine.registry.privacySignals().get(site.id) ?? 'ignore'}\n`);
		return Promise.resolve(0);
	}
};
