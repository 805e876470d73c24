import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mayBeOf } from './journal-line.ts';
import { replaceFile } from './replace-file.ts';

/** Bytes of a journal segment that do not fit their checksum. */
export interface DamagedLine {
	/** From the start of the segment. */
	readonly offset: number;
	readonly bytes: Buffer;
}

/**
 * Copies damaged lines into a file in `folder`, each below a line that tells its place. What is there already is not
 * copied again. Returns how many are new.
 */
export async function setAside(
	folder: string,
	name: string,
	damaged: readonly DamagedLine[]
): Promise<number> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const path = join(folder, name);
	const known = await readFile(path).catch(() => Buffer.alloc(0));
	const records = damaged.map(recordOf).filter((record) => !known.includes(record));
	if (records.length === 0) return 0;
	const file = await open(path, 'a', 0o600);
	try {
		await file.writeFile(Buffer.concat(records));
		await file.sync();
	} finally {
		await file.close();
	}
	return records.length;
}

function recordOf({ offset, bytes }: DamagedLine): Buffer {
	return Buffer.concat([
		Buffer.from(`# byte ${offset}, ${bytes.length} bytes\n`),
		bytes,
		Buffer.from('\n')
	]);
}

/**
 * Deletes the damaged lines of a site from the files of a folder, which need not exist, and those that no longer say
 * whose they are.
 */
export async function forgetSetAside(folder: string, site: number): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		const path = join(folder, name);
		const records = recordsOf(await readFile(path));
		const kept = records.filter((record) => !mayBeOf(site, record.toString('latin1')));
		if (kept.length === 0) await rm(path);
		else if (kept.length < records.length) await replaceFile(path, Buffer.concat(kept));
	}
}

/** The records of such a file. What follows one that is cut short is taken for a part of it. */
function recordsOf(bytes: Buffer): readonly Buffer[] {
	const records: Buffer[] = [];
	for (let at = 0; at < bytes.length;) {
		const end = bytes.indexOf(10, at);
		const length = /^# byte \d+, (\d+) bytes$/.exec(bytes.toString('latin1', at, end))?.[1];
		const next = end < 0 || length === undefined ? bytes.length : end + Number(length) + 2;
		records.push(bytes.subarray(at, next));
		at = next;
	}
	return records;
}
