import { Failure } from '../failure.ts';
import { siteNamed } from './arguments.ts';
import type { Command } from './command.ts';
import { recordDone } from './record-done.ts';

export const siteRemove: Command = {
	name: 'site remove',
	usage: '<domain> --yes',
	help: 'Deletes a site and all that is kept of it, for good: events, facts, posts, imports, keys and links.',
	options: [],
	flags: ['yes'],
	run: async ({ words: [domain = ''], flags }, engine, io) => {
		const site = siteNamed(engine, domain);
		if (!flags.has('yes'))
			throw new Failure(
				'bad_argument',
				`This deletes all that was ever counted of ${site.domain}. Add --yes to do it.`
			);
		const left = await engine.removeSite(site);
		recordDone(engine, 'site_deleted', site, { domain: site.domain });
		io.note(`Removed ${site.domain}.\n`);
		if (left.length > 0)
			io.note(
				`${left.join(', ')} in the data folder cannot be read and may hold events of it; delete what you no longer need.\n`
			);
		return 0;
	}
};
