import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Failure, messageOf } from '../failure.ts';
import type { JournalPosition } from '../stores/event-store.ts';
import { parseLine, salvageLines } from './journal-line.ts';

const CHUNK_BYTES = 16 * 1024 * 1024;
const NEWLINE = 10;

/** A segment as it lies in the journal's folder or, compressed, among those that are kept. */
interface SegmentPath {
	readonly number: number;
	readonly path: string;
	readonly isKept: boolean;
}

/** Every segment that is there, the oldest first. One that is being compressed is there twice, and read once. */
export async function allSegments(folder: string): Promise<readonly SegmentPath[]> {
	const [kept, open] = await Promise.all([
		segmentsIn(join(folder, 'kept'), '.log.gz'),
		segmentsIn(folder, '.log')
	]);
	const byNumber = new Map([...open, ...kept].map((segment) => [segment.number, segment]));
	return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/**
 * Intact lines of segments up to a position, some megabytes at a time, with the share of segments read before them.
 * @throws Failure `journal` where a segment cannot be read to its end.
 */
export async function* allLines(
	segments: readonly SegmentPath[],
	until: JournalPosition
): AsyncGenerator<{ readonly lines: readonly string[]; readonly share: number }> {
	for (const [index, segment] of segments.entries()) {
		if (segment.number > until.segment) return;
		const most = segment.number === until.segment ? until.offset : Number.POSITIVE_INFINITY;
		for await (const bytes of wholeLines(segment, most))
			yield { lines: linesIn(bytes), share: index / segments.length };
	}
}

async function segmentsIn(folder: string, ending: string): Promise<readonly SegmentPath[]> {
	const names = await readdir(folder).catch(() => []);
	return names
		.filter((name) => /^\d{12}\./.test(name) && name.slice(12) === ending)
		.map((name) => ({
			number: Number(name.slice(0, 12)),
			path: join(folder, name),
			isKept: ending !== '.log'
		}));
}

/** Pieces of a segment that end with a line; what follows its last line was never answered for. */
async function* wholeLines({ path, isKept }: SegmentPath, most: number): AsyncGenerator<Buffer> {
	const source = createReadStream(path, { highWaterMark: 1 << 20 });
	const stream = isKept ? source.pipe(createGunzip({ chunkSize: 1 << 20 })) : source;
	if (isKept) source.on('error', (error) => stream.destroy(error));
	let held: Buffer[] = [];
	let size = 0;
	let read = 0;
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			const bytes = chunk.subarray(0, most - read);
			read += bytes.length;
			held.push(bytes);
			size += bytes.length;
			const end = bytes.lastIndexOf(NEWLINE);
			if (size < CHUNK_BYTES || end < 0) continue;
			const rest = bytes.subarray(end + 1);
			const all = Buffer.concat(held);
			yield all.subarray(0, all.length - rest.length);
			held = [rest];
			size = rest.length;
		}
	} catch (thrown) {
		throw new Failure('journal', `${path} cannot be read to its end: ${messageOf(thrown)}.`);
	} finally {
		source.destroy();
	}
	const all = Buffer.concat(held);
	const end = all.lastIndexOf(NEWLINE);
	if (end >= 0) yield all.subarray(0, end + 1);
}

function linesIn(bytes: Buffer): readonly string[] {
	const lines: string[] = [];
	for (let from = 0; from < bytes.length;) {
		const newline = bytes.indexOf(NEWLINE, from);
		const line = bytes.subarray(from, newline);
		const json = parseLine(line);
		if (json === null) lines.push(...salvageLines(line));
		else lines.push(json);
		from = newline + 1;
	}
	return lines;
}
