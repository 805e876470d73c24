import { constants, ftruncateSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

const NEWLINE = 10;
const TAIL_BYTES = 64 * 1024;
/**
 * Zeros are written that far ahead: a write into a file that has its size already takes half the time to reach the
 * disk, since the file system's own journal need not be written for it.
 */
const AHEAD = Buffer.alloc(1024 * 1024);
const LONG_BYTES = AHEAD.length / 4;

/** A journal segment open for appending, whole lines at a time. */
export interface SegmentFile {
	/** Bytes of lines that are on disk for certain. */
	readonly size: () => number;
	/** One at a time. Resolves once the lines are on disk; where it fails, none of them stays in the file. */
	readonly append: (lines: Buffer) => Promise<void>;
	/** Cuts the file to its lines. */
	readonly close: () => Promise<void>;
}

/** Opens or makes a segment, cutting what follows its last whole line. */
export async function openSegmentFile(path: string): Promise<SegmentFile> {
	const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
	let size = await cutTornTail(file);
	let zeroed = size;

	function fillAhead(from: number): void {
		try {
			writeWhole(file, AHEAD, from);
			zeroed = from + AHEAD.length;
		} catch {
			ftruncateSync(file.fd, from);
		}
	}

	return {
		size: () => size,
		append: async (lines) => {
			const end = size + lines.length;
			try {
				writeWhole(file, lines, size);
				if (end > zeroed && lines.length <= LONG_BYTES) fillAhead(end);
				await file.datasync();
				size = end;
			} catch (thrown) {
				await file.truncate(size).catch(() => undefined);
				zeroed = size;
				throw thrown;
			}
		},
		close: async () => {
			await file.truncate(size);
			await file.datasync();
			await file.close();
		}
	};
}

/** Into the page cache, which takes microseconds: as a task of its own it waits for a turn of the event loop. */
function writeWhole(file: FileHandle, bytes: Buffer, offset: number): void {
	let written = 0;
	while (written < bytes.length)
		written += writeSync(file.fd, bytes, written, bytes.length - written, offset + written);
}

/** Cuts what follows the last newline: it was never answered for. Returns the size left. */
async function cutTornTail(file: FileHandle): Promise<number> {
	const { size } = await file.stat();
	for (let end = size; end > 0; end -= TAIL_BYTES) {
		const start = Math.max(0, end - TAIL_BYTES);
		const buffer = Buffer.alloc(end - start);
		await file.read(buffer, 0, buffer.length, start);
		const newline = buffer.lastIndexOf(NEWLINE);
		if (newline >= 0) {
			const keep = start + newline + 1;
			if (keep < size) await file.truncate(keep);
			return keep;
		}
	}
	await file.truncate(0);
	return 0;
}
