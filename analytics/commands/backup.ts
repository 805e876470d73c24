import { resolve } from 'node:path';
import { restoreBackup } from '../backup/restore-backup.ts';
import { Failure } from '../failure.ts';
import type { Command, CommandInput, CommandIo } from './command.ts';
import { openProgress } from './progress.ts';
import { recordDone } from './record-done.ts';

const MEGABYTE = 1024 ** 2;

function folderOf({ words: [given] }: CommandInput, io: CommandIo): string {
	if (given === undefined) throw new Failure('bad_argument', 'Say which folder.');
	return resolve(io.folder, given);
}

function sizeOf(bytes: number): string {
	return `${(bytes / MEGABYTE).toLocaleString('en', { maximumFractionDigits: 1 })} MB`;
}

export const backup: Command = {
	name: 'backup',
	usage: '<new folder>',
	help: 'Copies the whole data folder into a new one, also while the server runs. Only the salts that tell readers apart stay behind: they must not outlive two days.',
	options: [],
	run: async (input, engine, io) => {
		const folder = folderOf(input, io);
		const progress = openProgress(io, 'files');
		const { files } = await engine.backup(folder, () => progress.add(1, 0));
		progress.end();
		recordDone(engine, 'exported', null, { export: 'backup' });
		const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
		io.note(`${files.length} files, ${sizeOf(bytes)}.\n`);
		return 0;
	}
};

export const restore: Command = {
	name: 'restore',
	usage: '<folder>',
	help: 'Makes the data folder of such a backup. It must hold nothing yet.',
	options: [],
	offline: async (input, { DATA_DIR: dataDir }, io) => {
		const progress = openProgress(io, 'MB');
		const { files, made_at: madeAt } = await restoreBackup(
			folderOf(input, io),
			dataDir,
			(bytes, share) => progress.add(Math.round(bytes / MEGABYTE), share)
		);
		progress.end();
		io.note(
			`${files.length} files as of ${new Date(madeAt).toISOString()}. What came later is not there.\n`
		);
		return 0;
	},
	run: () =>
		Promise.reject(
			new Failure('bad_argument', 'A backup is restored into a data folder that nobody uses.')
		)
};
