import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inFolder, makeFolder } from '../data-folder.ts';
import { Failure, systemCode } from '../failure.ts';
import { digestOfFile, readManifest, type BackupManifest } from './manifest.ts';

const RESTORING = '.restoring';

/**
 * Makes a data folder of a backup. Every file is checked before the first one counts, so that a damaged backup leaves
 * nothing behind.
 * @throws Failure `bad_file` where the backup is damaged, `bad_argument` where the data folder holds something already.
 */
export async function restoreBackup(
	folder: string,
	dataDir: string,
	onFile: (bytes: number, share: number) => void
): Promise<BackupManifest> {
	const manifest = await readManifest(folder);
	for (const file of manifest.files) await refuseChanged(folder, file);
	inFolder(dataDir, () => makeFolder(dataDir));
	const [held] = (await readdir(dataDir)).filter((name) => /\.(?:duckdb|sqlite)$/.test(name));
	if (held !== undefined)
		throw new Failure(
			'bad_argument',
			`The data folder ${dataDir} holds ${held} already. Restore into an empty one.`
		);
	const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
	let done = 0;
	const targets = manifest.files.map(({ path }) => join(dataDir, path));
	try {
		for (const { path, bytes } of manifest.files) {
			const target = join(dataDir, `${path}${RESTORING}`);
			await mkdir(dirname(target), { recursive: true, mode: 0o700 });
			await copyFile(join(folder, path), target);
			done += bytes;
			onFile(bytes, total === 0 ? 1 : done / total);
		}
	} catch (thrown) {
		for (const target of targets) await rm(`${target}${RESTORING}`, { force: true });
		throw thrown;
	}
	for (const target of targets) await rename(`${target}${RESTORING}`, target);
	return manifest;
}

type BackupFile = BackupManifest['files'][number];

/** @throws Failure `bad_file` where a file is missing or is not what was backed up. */
async function refuseChanged(folder: string, { path, bytes, sha256 }: BackupFile): Promise<void> {
	const file = join(folder, path);
	try {
		if ((await stat(file)).size === bytes && (await digestOfFile(file)) === sha256) return;
	} catch (thrown) {
		if (systemCode(thrown) !== 'ENOENT') throw thrown;
		throw new Failure('bad_file', `${path} is missing in ${folder}.`);
	}
	throw new Failure(
		'bad_file',
		`${path} in ${folder} is not what was backed up: its contents have changed.`
	);
}
