import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import type { Site } from '../posts/site.ts';
import { countPageViews } from '../reports/count-page-views.ts';
import { dayPortions } from '../stores/day-portions.ts';
import { rangeOption, siteOption } from './arguments.ts';
import type { Command, CommandInput, CommandIo } from './command.ts';
import { openProgress } from './progress.ts';

/** Events of days that are compared at once: memory is bounded. */
const COMPARED_AT_ONCE = 1_000_000;

export const rebuild: Command = {
	name: 'rebuild',
	usage: '[--site <domain>] [--from <day> --to <day>] [--from-journal]',
	help: 'Derives facts and sums from events again, of one site or of all. From the journal: first reads the events themselves again from the segments that JOURNAL_KEEP left, in place of those stored; what imports brought stays. Where the journal lacks some of them, nothing changes.',
	options: ['site', 'from', 'to'],
	flags: ['from-journal'],
	run: async (input, engine, io) => {
		const started = performance.now();
		const range = rangeOption(input);
		const sites = sitesOf(input, engine);
		if (input.flags.has('from-journal')) await replay(input, engine, io);
		for (const site of sites) await engine.store.touch(site.id, range);
		const settling = openProgress(io, 'visitor days');
		const visitors = await engine.store.settle(settling.add);
		settling.end();
		const summing = openProgress(io, 'days summed up');
		await engine.rollUp((days) => summing.add(days, 0));
		summing.end();
		await engine.store.checkpoint();
		const seconds = ((performance.now() - started) / 1000).toFixed(1);
		io.note(`Rebuilt ${visitors.toLocaleString('en')} visitor days in ${seconds} s.\n`);
		return 0;
	}
};

async function replay({ options }: CommandInput, engine: Engine, io: CommandIo): Promise<void> {
	if (Object.keys(options).length > 0)
		throw new Failure('bad_argument', 'The journal is of all sites and all days.');
	const reading = openProgress(io, 'events');
	const events = await engine.replayJournal(reading.add);
	reading.end();
	io.note(`Read ${events.toLocaleString('en')} events from the journal.\n`);
}

export const verify: Command = {
	name: 'verify',
	usage: '[--site <domain>] [--from <day> --to <day>]',
	help: 'Counts page views in events, facts and sums, and derives facts and sums again to compare each row, of one site or of all; exit code 1 where they differ.',
	options: ['site', 'from', 'to'],
	run: async (input, engine, io) => {
		const sites = sitesOf(input, engine);
		let isEqual = true;
		for (const site of sites) {
			if (sites.length > 1) io.out(`${site.domain}\n`);
			if (!(await verified(site, input, engine, io))) isEqual = false;
		}
		io.note(
			isEqual
				? 'Facts and sums equal what the events say.\n'
				: 'Run "rebuild" to derive them again.\n'
		);
		return isEqual ? 0 : 1;
	}
};

async function verified(
	site: Site,
	input: CommandInput,
	{ store }: Engine,
	io: CommandIo
): Promise<boolean> {
	const portions = await dayPortions(store, site.id, COMPARED_AT_ONCE, rangeOption(input));
	const rows = new Map<string, number>();
	const differing = new Map<string, number>();
	const progress = openProgress(io, 'rows');
	for (const [index, portion] of portions.entries()) {
		let compared = 0;
		for (const { fact, ...counts } of await store.verify(site.id, portion)) {
			rows.set(fact, (rows.get(fact) ?? 0) + counts.rows);
			differing.set(fact, (differing.get(fact) ?? 0) + counts.differing);
			compared += counts.rows;
		}
		progress.add(compared, (index + 1) / portions.length);
	}
	progress.end();
	const [first, last] = [portions[0], portions.at(-1)];
	if (first === undefined || last === undefined) {
		io.out('events\t0 rows\tequal\n');
		return true;
	}
	const views = await countPageViews(store, site, { from: first.from, to: last.to });
	const isOneCount = views.facts === views.events && views.reports === views.events;
	io.out(
		`page_views\t${views.events} in events, ${views.facts} in facts, ${views.reports} in reports\t${isOneCount ? 'equal' : 'different'}\n`
	);
	for (const [fact, count] of rows) {
		const wrong = differing.get(fact) ?? 0;
		io.out(`${fact}\t${count} rows\t${wrong === 0 ? 'equal' : `${wrong} rows differ`}\n`);
	}
	return isOneCount && [...differing.values()].every((wrong) => wrong === 0);
}

function sitesOf(input: CommandInput, engine: Engine): readonly Site[] {
	return input.options['site'] === undefined
		? engine.registry.sites()
		: [siteOption(input, engine)];
}
