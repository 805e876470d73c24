import { BUILT_IN_NAMES } from '../events/goals.ts';
import { cleanText } from '../events/wire.ts';
import { Failure } from '../failure.ts';
import { siteNamed } from './arguments.ts';
import type { Command } from './command.ts';

export const siteGoalAdd: Command = {
	name: 'site goal add',
	usage: '<domain> <event name> --as subscribe|cta_click [--name <form or cta>]',
	help: 'Counts a custom event of a site as a subscribe or as a click on a call to action, from now on.',
	options: ['as', 'name'],
	run: ({ words: [domain = '', given = ''], options }, engine, io) => {
		const site = siteNamed(engine, domain);
		const event = cleanText(given, 120);
		if (event === '' || given.length > 120 || BUILT_IN_NAMES.has(event))
			throw new Failure(
				'bad_argument',
				`"${given}" is no custom event; name one of at most 120 characters other than ${[...BUILT_IN_NAMES].join(', ')}.`
			);
		const kind = options['as'];
		if (kind !== 'subscribe' && kind !== 'cta_click')
			throw new Failure(
				'bad_argument',
				`--as is "${kind ?? ''}", but must be subscribe or cta_click.`
			);
		const name = options['name'] === undefined ? null : cleanText(options['name'], 120);
		if (name === '') throw new Failure('bad_argument', '--name must not be empty.');
		engine.putGoal(site, event, { kind, name });
		io.note(`"${event}" on ${site.domain} now counts as ${kind}.\n`);
		return Promise.resolve(0);
	}
};

export const siteGoalRemove: Command = {
	name: 'site goal remove',
	usage: '<domain> <event name>',
	help: 'Counts such an event as a custom event again, from now on.',
	options: [],
	run: ({ words: [domain = '', event = ''] }, engine, io) => {
		const site = siteNamed(engine, domain);
		if (!engine.removeGoal(site, event))
			throw new Failure('not_found', `"${event}" is no goal of ${site.domain}.`);
		io.note(`Removed "${event}" from ${site.domain}.\n`);
		return Promise.resolve(0);
	}
};

export const siteGoalList: Command = {
	name: 'site goal list',
	usage: '<domain>',
	help: 'Lists what custom events of a site count as.',
	options: [],
	run: ({ words: [domain = ''] }, engine, io) => {
		const site = siteNamed(engine, domain);
		for (const { site: id, eventName, kind, name } of engine.registry.goals())
			if (id === site.id) io.out(`${eventName}\t${kind}\t${name ?? ''}\n`);
		return Promise.resolve(0);
	}
};
