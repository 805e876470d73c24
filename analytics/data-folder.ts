import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure, messageOf, systemCode } from './failure.ts';

const REASONS: Readonly<Record<string, string>> = {
	EACCES: 'permission is denied',
	EPERM: 'permission is denied',
	EROFS: 'it is read-only',
	ENOENT: 'it cannot be made there',
	ENOTDIR: 'a part of it is a file',
	EEXIST: 'it is a file',
	ENOSPC: 'the disk is full'
};

/** Runs file work of the data folder. @throws Failure `data_folder` with one sentence for any error. */
export function inFolder<T>(folder: string, work: () => T): T {
	try {
		return work();
	} catch (thrown) {
		if (thrown instanceof Failure && thrown.code === 'data_folder') throw thrown;
		throw new Failure(
			'data_folder',
			`The data folder ${folder} cannot be used: ${REASONS[systemCode(thrown) ?? ''] ?? messageOf(thrown)}.`,
			{ cause: thrown }
		);
	}
}

/** Makes a folder and those above it. One at a time: Node's own `recursive` never ends where /proc says ENOENT. */
export function makeFolder(path: string): void {
	const folder = resolve(path);
	if (existsSync(folder)) {
		if (!statSync(folder).isDirectory()) throw new Error('it is a file');
		return;
	}
	makeFolder(dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}

/** Deletes what is in a folder. */
export function emptyFolder(path: string): void {
	for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true, force: true });
}
