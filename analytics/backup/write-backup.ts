import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Failure, messageOf, systemCode } from '../failure.ts';
import type { EventStore } from '../stores/event-store.ts';
import { digestOfFile, MANIFEST, manifestOf, type BackupManifest } from './manifest.ts';

const EVENTS = 'events.duckdb';
const JOURNAL = 'journal';
/** Salts are destroyed within two days, which a copy would undo: a restored folder makes new ones. */
const SALTS = /^salts\.json/;
const LEFT_OUT = /\.(?:sqlite-(?:wal|shm|journal)|sock|new|restoring)$|\.duckdb(?:\.|$)/;

export interface BackupSource {
	readonly dataDir: string;
	readonly store: Pick<EventStore, 'frozen'>;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Hears of each file that is copied. */
	readonly onFile: (bytes: number) => void;
}

/**
 * Copies a data folder that is in use into a new one. Order is what makes it whole: the store as of a checkpoint, with
 * it the journal, which holds at least what the store lacks, then the registry, which knows all that either names.
 * @throws Failure `bad_argument` where the folder cannot be made.
 */
export async function writeBackup(
	{ dataDir, store, now, onFile }: BackupSource,
	folder: string
): Promise<BackupManifest> {
	try {
		await mkdir(folder, { mode: 0o700 });
	} catch (thrown) {
		throw new Failure('bad_argument', `${folder} cannot be made: ${messageOf(thrown)}`);
	}
	const copied: string[] = [];
	async function copy(name: string): Promise<void> {
		try {
			await copyFile(join(dataDir, name), join(folder, name), constants.COPYFILE_FICLONE);
		} catch (thrown) {
			// A journal segment is compressed into another file while it is read.
			if (systemCode(thrown) === 'ENOENT') return;
			throw thrown;
		}
		await noted(name);
	}
	async function noted(name: string): Promise<void> {
		await chmod(join(folder, name), 0o600);
		onFile((await stat(join(folder, name))).size);
		copied.push(name);
	}

	await store.frozen(async () => {
		await copy(EVENTS);
		for (const part of [JOURNAL, `${JOURNAL}/kept`, `${JOURNAL}/quarantine`]) {
			await mkdir(join(folder, part), { mode: 0o700 });
			for (const name of await filesIn(join(dataDir, part))) await copy(`${part}/${name}`);
		}
	});
	for (const name of await filesIn(dataDir)) {
		if (LEFT_OUT.test(name) || SALTS.test(name)) continue;
		if (name.endsWith('.sqlite')) {
			copyDatabase(join(dataDir, name), join(folder, name));
			await noted(name);
		} else await copy(name);
	}
	const files: BackupManifest['files'] = [];
	for (const path of copied) {
		const { size: bytes } = await stat(join(folder, path));
		files.push({ path, bytes, sha256: await digestOfFile(join(folder, path)) });
	}
	const manifest = manifestOf(now, files);
	await writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, '\t')}\n`, {
		mode: 0o600,
		flush: true
	});
	return manifest;
}

/** What others write meanwhile is in it as a whole or not at all. */
function copyDatabase(path: string, target: string): void {
	const database = new DatabaseSync(path, { readOnly: true });
	try {
		database.prepare('vacuum into ?').run(target);
	} finally {
		database.close();
	}
}

/** Names of the plain files in a folder, which need not exist. */
async function filesIn(folder: string): Promise<readonly string[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	return entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.new'))
		.map(({ name }) => name)
		.sort();
}
