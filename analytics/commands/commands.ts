import { parseArgs } from 'node:util';
import type { Engine } from '../engine.ts';
import { Failure, messageOf } from '../failure.ts';
import { SETTINGS, type Settings } from '../settings.ts';
import { backup, restore } from './backup.ts';
import type { Command, CommandIo } from './command.ts';
import {
	exportCatalogue,
	exportEvents,
	exportFacts,
	exportSite,
	importSite
} from './export-site.ts';
import { exportReport } from './export-report.ts';
import { rebuild, verify } from './facts.ts';
import { importFiles } from './import-files.ts';
import { importList, importParity, importRemove } from './import-manage.ts';
import {
	authorsList,
	authorsRename,
	postsChanges,
	postsMerge,
	postsSplit,
	postsUndo,
	topicsList,
	topicsRename
} from './posts-identity.ts';
import { keyAdd } from './key-add.ts';
import { postsSchedule } from './posts-schedule.ts';
import { postsSet } from './posts-set.ts';
import { postsSync } from './posts-sync.ts';
import { siteAdd, siteList } from './site-add.ts';
import { siteAliasAdd, siteAliasList, siteAliasRemove } from './site-alias.ts';
import { siteGoalAdd, siteGoalList, siteGoalRemove } from './site-goal.ts';
import { siteRemove } from './site-remove.ts';
import { siteSet, siteShow } from './site-set.ts';
import { userAdd, userList, userReset } from './user.ts';

export const COMMANDS: readonly Command[] = [
	siteAdd,
	siteList,
	siteSet,
	siteShow,
	siteRemove,
	siteAliasAdd,
	siteAliasRemove,
	siteAliasList,
	siteGoalAdd,
	siteGoalRemove,
	siteGoalList,
	keyAdd,
	userAdd,
	userList,
	userReset,
	postsSync,
	postsSchedule,
	postsSet,
	postsMerge,
	postsSplit,
	postsChanges,
	postsUndo,
	topicsList,
	topicsRename,
	authorsList,
	authorsRename,
	importList,
	importRemove,
	importParity,
	importSite,
	importFiles,
	exportEvents,
	exportFacts,
	exportCatalogue,
	exportSite,
	exportReport,
	rebuild,
	verify,
	backup,
	restore
];

/** The text of `--help`. */
export function helpText(): string {
	const row = (left: string, right: string): string => `  ${left}\n      ${right}\n`;
	return [
		'Usage: npm run -s byline -- <command>\n\nCommands\n',
		...COMMANDS.map(({ name, usage, help }) => row(`${name} ${usage}`.trim(), help)),
		'\nSettings, from the environment and from .env\n',
		...Object.entries(SETTINGS).map(([name, { help, fallback }]) =>
			row(name, `${help} Default: ${String(fallback) === '' ? 'none' : String(fallback)}.`)
		)
	].join('');
}

/** A command and its input, before any engine is open. @throws Failure `bad_argument` */
export function parseCommand(args: readonly string[]): {
	readonly run: (engine: Engine, io: CommandIo) => Promise<number>;
	/** For a command that needs no engine. */
	readonly offline: ((settings: Settings, io: CommandIo) => Promise<number>) | null;
} {
	const command = COMMANDS.find(({ name }) => {
		const words = name.split(' ');
		return words.every((word, index) => args[index] === word);
	});
	if (command === undefined)
		throw new Failure(
			'bad_argument',
			`There is no command "${args.slice(0, 2).join(' ')}". There is ${COMMANDS.map(({ name }) => name).join(', ')}; --help tells more.`
		);
	const flags = command.flags ?? [];
	try {
		const { values, positionals } = parseArgs({
			args: args.slice(command.name.split(' ').length),
			options: {
				...Object.fromEntries(command.options.map((name) => [name, { type: 'string' as const }])),
				...Object.fromEntries(flags.map((name) => [name, { type: 'boolean' as const }]))
			},
			allowPositionals: true
		});
		const given = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
		const isFlag = (name: string): boolean => flags.includes(name);
		const options = Object.fromEntries(given.filter(([name]) => !isFlag(name)));
		const set = new Set(given.map(([name]) => name).filter(isFlag));
		const input = { options, flags: set, words: positionals };
		const { offline } = command;
		return {
			run: (engine, io) => command.run(input, engine, io),
			offline: offline === undefined ? null : (settings, io) => offline(input, settings, io)
		};
	} catch (thrown) {
		throw new Failure(
			'bad_argument',
			`${messageOf(thrown)} Usage: ${command.name} ${command.usage}`.trim()
		);
	}
}

/** Runs a command; a failure becomes one sentence and exit code 1. */
export async function runCommand(
	args: readonly string[],
	engine: Engine,
	io: CommandIo
): Promise<number> {
	try {
		return await parseCommand(args).run(engine, io);
	} catch (thrown) {
		io.note(`byline: ${messageOf(thrown)}\n`);
		return 1;
	}
}
