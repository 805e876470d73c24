import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

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
