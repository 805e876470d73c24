import { constants, fdatasync, ftruncateSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

const NEWLINE = 10;
const TAIL_BYTES = 64 * 1024;
/**
 * Zeros are written that far ahead: a write into a file that has its size already takes half the time to reach the
 * disk, since the file system's own journal need not be written for it.
 */
const AHEAD = Buffer.alloc(1024 * 1024);
/** That much is written by another thread. */
const LONG_BYTES = AHEAD.length / 4;
/** Appends that the disk gets at once. */
const APPENDS_AT_ONCE = 4;

/** A journal segment open for appending, whole lines at a time. */
export interface SegmentFile {
	/** Bytes of lines that are on disk for certain. */
	readonly size: () => number;
	/** Whether its zeros were there before it was opened and are not used up. */
	readonly isLaidOut: () => boolean;
	/** Whether it takes one more append now; `onFree` tells when that may have changed. */
	readonly isFree: () => boolean;
	/** Whether no append is under way. */
	readonly isIdle: () => boolean;
	/**
	 * Only while it is free. Resolves once these lines and all before them are on disk; where that fails, neither they
	 * nor any that are under way stay in the file.
	 */
	readonly append: (lines: Buffer) => Promise<void>;
	/** Takes away the zeros behind the lines, while it is idle. */
	readonly trim: () => Promise<void>;
	/** Cuts the file to its lines and closes it, while it is idle. */
	readonly close: () => Promise<void>;
}

export interface SegmentOptions {
	/** The file is known to be that many zeros. */
	readonly laidOut?: number;
	/** Hears that an append has ended. */
	readonly onFree?: () => void;
	/** Brings what was written to the disk. */
	readonly sync?: (fd: number, done: (error: Error | null) => void) => void;
}

interface Append {
	readonly end: number;
	readonly resolve: () => void;
	readonly reject: (reason: unknown) => void;
}

/** Opens or makes a segment, cutting what follows its last whole line. */
export async function openSegmentFile(
	path: string,
	{ laidOut = 0, onFree = () => undefined, sync = fdatasync }: SegmentOptions = {}
): Promise<SegmentFile> {
	const handles = await openAll(path);
	const [file] = handles;
	// Linux tells an error of writing back once to each description: with one of its own no append misses it.
	const idle = handles.map((handle) => handle.fd);
	const underWay: Append[] = [];
	let size = laidOut > 0 ? 0 : await cutTornTail(file);
	let written = size;
	let zeroed = Math.max(size, laidOut);
	let failure: { readonly reason: unknown } | null = null;
	let isWriting = false;

	function fillAhead(from: number): void {
		try {
			writeWhole(file, AHEAD, from);
			zeroed = from + AHEAD.length;
		} catch {
			ftruncateSync(file.fd, from);
		}
	}

	function writeShort(lines: Buffer): void {
		const end = written + lines.length;
		try {
			writeWhole(file, lines, written);
			if (end > zeroed) fillAhead(end);
			written = end;
		} catch (thrown) {
			cut(written);
			throw thrown;
		}
	}

	async function writeLong(lines: Buffer): Promise<void> {
		isWriting = true;
		try {
			for (let done = 0; done < lines.length;)
				done += (await file.write(lines, done, lines.length - done, written + done)).bytesWritten;
			written += lines.length;
		} catch (thrown) {
			cut(written);
			throw thrown;
		} finally {
			isWriting = false;
		}
	}

	/** To the disk, with all that was written before. */
	function bring(fd: number): Promise<void> {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		const end = written;
		underWay.push({ end, resolve, reject });
		sync(fd, (error) => {
			idle.push(fd);
			if (error !== null) failure ??= { reason: error };
			if (failure === null) settle(end);
			else if (isIdle()) giveUp(failure);
			onFree();
		});
		return promise;
	}

	function isIdle(): boolean {
		return idle.length === handles.length;
	}

	function cut(length: number): void {
		zeroed = length;
		try {
			ftruncateSync(file.fd, length);
		} catch {
			// The next append writes over it.
		}
	}

	/** What was synced later was written later: it takes all before it along. */
	function settle(end: number): void {
		size = Math.max(size, end);
		while (underWay[0] !== undefined && underWay[0].end <= size) underWay.shift()?.resolve();
	}

	function giveUp({ reason }: { readonly reason: unknown }): void {
		written = size;
		cut(size);
		failure = null;
		for (const { reject } of underWay.splice(0)) reject(reason);
	}

	return {
		size: () => size,
		isLaidOut: () => laidOut > written,
		isFree: () => !isWriting && idle.length > 0,
		isIdle,
		append: async (lines) => {
			if (failure !== null) throw failure.reason;
			const fd = isWriting ? undefined : idle.pop();
			if (fd === undefined) throw new RangeError('Too many appends are under way.');
			const isLong = lines.length > LONG_BYTES;
			try {
				if (isLong) await writeLong(lines);
				else writeShort(lines);
			} catch (thrown) {
				idle.push(fd);
				if (failure !== null && isIdle()) giveUp(failure);
				onFree();
				throw thrown;
			}
			const isOnDisk = bring(fd);
			if (isLong) onFree();
			await isOnDisk;
		},
		trim,
		close: async () => {
			await trim();
			for (const handle of handles) await handle.close();
		}
	};

	async function trim(): Promise<void> {
		await file.truncate(size);
		zeroed = size;
		await file.datasync();
	}
}

async function openAll(path: string): Promise<[FileHandle, ...FileHandle[]]> {
	const first = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
	const handles: [FileHandle, ...FileHandle[]] = [first];
	while (handles.length < APPENDS_AT_ONCE) handles.push(await open(path, constants.O_RDWR));
	return handles;
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
