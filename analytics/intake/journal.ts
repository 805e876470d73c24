import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Failure, messageOf } from '../failure.ts';
import type { JournalPosition } from '../stores/event-store.ts';

/** The append-only file set between "taken" and "stored". */
export interface Journal {
	/** Appends JSON texts, all or none; resolves once they are on disk. Whoever waits shares one `fdatasync`. */
	readonly append: (jsons: readonly string[]) => Promise<void>;
	/** Intact lines from a position on, about `maxBytes` of them, and the position behind them. */
	readonly read: (from: JournalPosition, maxBytes: number) => Promise<JournalChunk>;
	/** Behind the last line on disk. */
	readonly end: () => JournalPosition;
	/** Bytes between a position and the end. */
	readonly backlog: (from: JournalPosition) => number;
	/** Whether segments lie wholly before a position. */
	readonly holdsBefore: (position: JournalPosition) => boolean;
	/** Deletes segments that lie wholly before a position. */
	readonly release: (before: JournalPosition) => Promise<void>;
	readonly close: () => Promise<void>;
}

export interface JournalChunk {
	readonly lines: readonly string[];
	readonly next: JournalPosition;
	/** Lines whose checksum did not fit; they are left where they are and reported. */
	readonly corrupt: number;
}

interface Group {
	readonly parts: string[];
	readonly done: Promise<void>;
	readonly resolve: () => void;
	readonly reject: (reason: unknown) => void;
}

const NEWLINE = 10;
const CHECKSUM_LENGTH = 8;

/**
 * Opens the journal in a folder, cutting a torn last line. A line is eight hexadecimal digits of CRC-32, a space,
 * the JSON text and a newline; segments are numbered files. `stored` is how far the store has read.
 */
export async function openJournal(
	folder: string,
	segmentBytes: number,
	stored: JournalPosition
): Promise<Journal> {
	await mkdir(folder, { recursive: true });
	const sizes = new Map<number, number>();
	for (const name of (await readdir(folder)).sort()) {
		const match = /^(\d{12})\.log$/.exec(name);
		if (match === null) continue;
		const file = await open(join(folder, name));
		sizes.set(Number(match[1]), (await file.stat()).size);
		await file.close();
	}
	let current = Math.max(1, stored.segment, ...sizes.keys());
	let file = await openSegment(current);
	let offset = await cutTornTail(file);
	sizes.set(current, offset);
	let group = newGroup();
	let flushing: Promise<void> | null = null;
	let closed = false;
	// A journal that ends before what the store has seen was replaced, or lost its tail: new lines must not look stored.
	if (current === stored.segment && offset < stored.offset) await rotate();

	function nameOf(segment: number): string {
		return join(folder, `${String(segment).padStart(12, '0')}.log`);
	}

	async function openSegment(segment: number): Promise<FileHandle> {
		const handle = await open(nameOf(segment), constants.O_RDWR | constants.O_CREAT, 0o600);
		const parent = await open(folder);
		await parent.sync();
		await parent.close();
		return handle;
	}

	async function rotate(): Promise<void> {
		await file.close();
		current += 1;
		file = await openSegment(current);
		offset = 0;
		sizes.set(current, 0);
	}

	async function flush(): Promise<void> {
		while (group.parts.length > 0) {
			const taken = group;
			group = newGroup();
			const bytes = Buffer.from(taken.parts.join(''));
			try {
				if (offset >= segmentBytes) await rotate();
				let written = 0;
				while (written < bytes.length) {
					const result = await file.write(bytes, written, bytes.length - written, offset + written);
					written += result.bytesWritten;
				}
				await file.datasync();
				offset += bytes.length;
				sizes.set(current, offset);
				taken.resolve();
			} catch (thrown) {
				await file.truncate(offset).catch(() => undefined);
				taken.reject(
					new Failure(
						'journal',
						`An event could not be written to the journal: ${messageOf(thrown)}`,
						{
							cause: thrown
						}
					)
				);
			}
		}
		flushing = null;
	}

	return {
		append: (jsons) => {
			if (closed) return Promise.reject(new Failure('journal', 'The journal is closed.'));
			const { parts, done } = group;
			for (const json of jsons) parts.push(`${checksum(json)} ${json}\n`);
			flushing ??= Promise.resolve().then(flush);
			return done;
		},
		read: async (from, maxBytes) => {
			const lines: string[] = [];
			let corrupt = 0;
			let budget = maxBytes;
			let position = from;
			for (const segment of [...sizes.keys()].sort((a, b) => a - b)) {
				if (segment < from.segment || budget <= 0) continue;
				const start = segment === from.segment ? from.offset : 0;
				const size = sizes.get(segment) ?? 0;
				position = { segment, offset: start };
				if (start >= size) continue;
				const chunk = await readLines(nameOf(segment), start, size, budget);
				lines.push(...chunk.lines);
				corrupt += chunk.corrupt;
				budget -= chunk.bytes;
				position = { segment, offset: start + chunk.bytes };
				if (start + chunk.bytes < size) break;
			}
			return { lines, next: position, corrupt };
		},
		end: () => ({ segment: current, offset }),
		backlog: (from) => {
			let bytes = 0;
			for (const [segment, size] of sizes) {
				if (segment > from.segment) bytes += size;
				else if (segment === from.segment) bytes += Math.max(0, size - from.offset);
			}
			return bytes;
		},
		holdsBefore: ({ segment }) => [...sizes.keys()].some((held) => held < segment),
		release: async (before) => {
			for (const segment of [...sizes.keys()])
				if (segment < before.segment && segment < current) {
					await rm(nameOf(segment), { force: true });
					sizes.delete(segment);
				}
		},
		close: async () => {
			closed = true;
			await flushing;
			await file.close();
		}
	};
}

function newGroup(): Group {
	const { promise, resolve, reject } = Promise.withResolvers<void>();
	promise.catch(() => undefined);
	return { parts: [], done: promise, resolve, reject };
}

function checksum(data: string | Buffer): string {
	return crc32(data).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

function parseLine(line: Buffer): string | null {
	const json = line.subarray(CHECKSUM_LENGTH + 1);
	const isIntact =
		line.length > CHECKSUM_LENGTH + 1 &&
		line.toString('latin1', 0, CHECKSUM_LENGTH) === checksum(json);
	return isIntact ? json.toString('utf8') : null;
}

async function readLines(
	path: string,
	start: number,
	end: number,
	budget: number
): Promise<{ lines: string[]; bytes: number; corrupt: number }> {
	const handle = await open(path);
	try {
		let length = Math.min(budget, end - start);
		for (;;) {
			const buffer = Buffer.allocUnsafe(length);
			const { bytesRead } = await handle.read(buffer, 0, length, start);
			const last = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE);
			if (last < 0 && start + length < end) {
				length = Math.min(length * 2, end - start);
				continue;
			}
			const lines: string[] = [];
			let corrupt = 0;
			let from = 0;
			while (from <= last) {
				const newline = buffer.indexOf(NEWLINE, from);
				const json = parseLine(buffer.subarray(from, newline));
				if (json === null) corrupt += 1;
				else lines.push(json);
				from = newline + 1;
			}
			if (last < 0 && bytesRead > 0) return { lines, bytes: bytesRead, corrupt: corrupt + 1 };
			return { lines, bytes: from, corrupt };
		}
	} finally {
		await handle.close();
	}
}

/** Cuts what follows the last newline, and a last line whose checksum does not fit. Returns the size left. */
async function cutTornTail(file: FileHandle): Promise<number> {
	const { size } = await file.stat();
	if (size === 0) return 0;
	let length = Math.min(size, 1 << 20);
	for (;;) {
		const buffer = Buffer.allocUnsafe(length);
		await file.read(buffer, 0, length, size - length);
		let end = buffer.lastIndexOf(NEWLINE);
		while (end >= 0) {
			const begin = end === 0 ? -1 : buffer.lastIndexOf(NEWLINE, end - 1);
			if (begin < 0 && length < size) break;
			if (parseLine(buffer.subarray(begin + 1, end)) !== null) {
				const keep = size - length + end + 1;
				if (keep < size) await file.truncate(keep);
				return keep;
			}
			end = begin;
		}
		if (length === size) {
			await file.truncate(0);
			return 0;
		}
		length = Math.min(size, length * 4);
	}
}
