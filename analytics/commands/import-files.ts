import { resolve } from 'node:path';
import { FORMAT_NAMES } from '../imports/formats.ts';
import { runImport, type ImportOutcome } from '../imports/run-import.ts';
import { SKIP_LABELS } from '../imports/skip-labels.ts';
import { keysOf } from '../keys-of.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { openProgress } from './progress.ts';

export const importFiles: Command = {
	name: 'import',
	usage: '<format> <file…> [--site <domain>] [--preview]',
	help: `Imports what others have recorded: ${FORMAT_NAMES.join(', ')}. The same files again change nothing, and an import that was cut off goes on.`,
	options: ['site'],
	flags: ['preview'],
	run: async (input, engine, io) => {
		const [format = '', ...paths] = input.words;
		const site = siteOption(input, engine);
		const progress = openProgress(io, 'lines');
		try {
			const outcome = await runImport(engine, {
				site,
				format,
				paths: paths.map((path) => resolve(io.folder, path)),
				isPreview: input.flags.has('preview'),
				onProgress: progress.add
			});
			progress.end();
			io.note(report(outcome));
			return 0;
		} catch (thrown) {
			progress.end();
			throw thrown;
		}
	}
};

function report({ id, summary, stored, resumed, posts, otherPages, notes }: ImportOutcome): string {
	const count = (value: number): string => value.toLocaleString('en');
	const lines = [
		`${count(summary.lines)} lines read, ${count(summary.pageViews)} page views${id === null ? '' : `, ${count(stored)} new`}.`
	];
	if (resumed > 0) lines.push(`Went on behind line ${count(resumed)}.`);
	if (summary.from !== null)
		lines.push(`Days: ${summary.from} to ${summary.to ?? ''}, in the site's time zone.`);
	lines.push(...notes);
	lines.push(`Pages: ${count(posts)} posts of the catalogue, ${count(otherPages)} others.`);
	const skipped = keysOf(SKIP_LABELS)
		.map((reason) => [SKIP_LABELS[reason], summary.skipped[reason] ?? 0] as const)
		.filter(([, value]) => value > 0)
		.sort(([, a], [, b]) => b - a)
		.map(([label, value]) => `${count(value)} ${label}`);
	if (skipped.length > 0) lines.push(`Left out: ${skipped.join(', ')}.`);
	if (summary.unreadable > 0)
		lines.push(
			`${count(summary.unreadable)} lines could not be read${summary.unreadable > summary.errors.length ? `; the first ${summary.errors.length}` : ''}:`,
			...summary.errors.map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`)
		);
	lines.push(id === null ? 'Nothing was imported: this is a preview.' : `Import ${id}.`);
	return `${lines.join('\n')}\n`;
}
