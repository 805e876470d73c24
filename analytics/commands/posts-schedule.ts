import { Failure } from '../failure.ts';
import { siteOption } from './arguments.ts';
import { withSource } from '../posts/sync/sync-state.ts';
import type { Command } from './command.ts';
import { sourceOption, SOURCES } from './source-option.ts';

export const postsSchedule: Command = {
	name: 'posts schedule',
	usage:
		'--every <hours> [--feed <url> | --sitemap <url> | --wordpress <url> | --ghost <url> --key <content api key>] [--site <domain>]',
	help: 'Reads the posts of a site anew every so many hours while the server runs; 0 stops that. Where no source is named, the home page names it.',
	options: ['every', 'site', 'key', ...SOURCES],
	run: (input, engine, io) => {
		const site = siteOption(input, engine);
		const every = input.options['every'] ?? '';
		if (!/^\d{1,3}$/.test(every) || Number(every) > 168)
			throw new Failure('bad_argument', `--every is "${every}", but must be hours from 0 to 168.`);
		const { kind, url, key = '' } = sourceOption(input) ?? { kind: 'auto' as const, url: '' };
		const before = engine.registry.sync(site);
		engine.registry.setSync(
			site,
			withSource(before, { kind, url, key, everyHours: Number(every) })
		);
		io.note(
			every === '0'
				? `The posts of ${site.domain} are read by hand only.\n`
				: `The posts of ${site.domain} are read every ${every} hours.\n`
		);
		return Promise.resolve(0);
	}
};
