import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { mayBeOf } from './journal-line.ts';

const NEWLINE = 10;

/** Deletes the lines of a site from the compressed segments of a folder, which need not exist. */
export async function forgetKept(folder: string, site: number): Promise<void> {
	for (const name of await readdir(folder).catch(() => [])) {
		const path = join(folder, name);
		// What a process that was killed left behind.
		if (name.endsWith('.new')) await rm(path);
		if (!name.endsWith('.log.gz')) continue;
		await pipeline(
			createReadStream(path),
			createGunzip(),
			(bytes: AsyncIterable<Buffer>) => linesNotOf(site, bytes),
			createGzip(),
			createWriteStream(`${path}.new`, { mode: 0o600, flush: true })
		);
		await rename(`${path}.new`, path);
	}
}

async function* linesNotOf(site: number, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let rest = Buffer.alloc(0);
	for await (const chunk of bytes) {
		rest = Buffer.concat([rest, chunk]);
		const end = rest.lastIndexOf(NEWLINE) + 1;
		if (end > 0) yield without(site, rest.subarray(0, end));
		rest = rest.subarray(end);
	}
	yield without(site, rest);
}

function without(site: number, lines: Buffer): Buffer {
	const kept = lines
		.toString('latin1')
		.split(/(?<=\n)/)
		.filter((line) => line !== '' && !mayBeOf(site, line));
	return Buffer.from(kept.join(''), 'latin1');
}
