import { resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { emptySummary, readAccessLogs, type ImportSummary } from '../imports/access-log.ts';
import { keysOf } from '../keys-of.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { openProgress } from './progress.ts';

const SKIPPED: Readonly<Record<keyof ImportSummary['skipped'], string>> = {
	method: 'not GET',
	status: 'status neither 2xx nor 304',
	bot: 'bots',
	no_user_agent: 'no User-Agent',
	feed: 'feeds',
	preview: 'previews',
	not_a_page: 'not pages'
};

export const importAccessLog: Command = {
	name: 'import access-log',
	usage: '<file…> [--site <domain>]',
	help: 'Imports page views from combined access logs, plain or gzip. Importing a file again changes nothing.',
	options: ['site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		if (input.words.length === 0) throw new Failure('bad_argument', 'Say which files to import.');
		const known = new Set(
			engine.posts(site).flatMap(({ path, formerPaths }) => [path, ...formerPaths])
		);
		const summary = emptySummary();
		const progress = openProgress(io, 'lines');
		const stored = await engine.store.appendImport(
			readAccessLogs(
				{
					files: input.words.map((file) => resolve(io.folder, file)),
					site,
					visitors: engine.importedVisitors,
					countries: engine.intake.countries,
					isKnownPost: (path) => known.has(path),
					now: engine.intake.now(),
					onProgress: progress.add
				},
				summary
			)
		);
		progress.end();
		await engine.store.settle();
		await engine.rollUp();
		await engine.store.checkpoint();
		io.note(report(summary, stored));
		return 0;
	}
};

function report(summary: ImportSummary, stored: number): string {
	const count = (value: number): string => value.toLocaleString('en');
	const lines = [
		`${count(summary.lines)} lines read, ${count(summary.pageViews)} page views, ${count(stored)} new.`
	];
	const skipped = keysOf(SKIPPED)
		.map((reason) => [SKIPPED[reason], summary.skipped[reason] ?? 0] as const)
		.filter(([, value]) => value > 0)
		.sort(([, a], [, b]) => b - a)
		.map(([label, value]) => `${count(value)} ${label}`);
	if (skipped.length > 0) lines.push(`Left out: ${skipped.join(', ')}.`);
	if (summary.unreadable > 0)
		lines.push(
			`${count(summary.unreadable)} lines could not be read${summary.unreadable > summary.errors.length ? `; the first ${summary.errors.length}` : ''}:`,
			...summary.errors.map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`)
		);
	return `${lines.join('\n')}\n`;
}
