import { rangeOption, siteOption } from './arguments.ts';
import type { Command } from './command.ts';

export const rebuild: Command = {
	name: 'rebuild',
	usage: '[--site <domain>] [--from <day> --to <day>]',
	help: 'Derives the facts of a site from its events again.',
	options: ['site', 'from', 'to'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const started = performance.now();
		await engine.store.touch(site.id, rangeOption(input));
		const visitors = await engine.store.settle();
		await engine.rollUp();
		await engine.store.checkpoint();
		io.note(
			`Rebuilt ${visitors} visitor days in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`
		);
		return 0;
	}
};

export const verify: Command = {
	name: 'verify',
	usage: '[--site <domain>] [--from <day> --to <day>]',
	help: 'Recomputes facts from events and compares; exit code 1 where they differ.',
	options: ['site', 'from', 'to'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const results = await engine.store.verify(site.id, rangeOption(input));
		for (const { fact, rows, differing } of results)
			io.out(`${fact}\t${rows} rows\t${differing === 0 ? 'equal' : `${differing} rows differ`}\n`);
		const isEqual = results.every(({ differing }) => differing === 0);
		io.note(
			isEqual ? 'Facts equal what the events say.\n' : 'Run "rebuild" to derive them again.\n'
		);
		return isEqual ? 0 : 1;
	}
};
