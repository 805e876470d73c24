import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Failure, messageOf } from '../failure.ts';
import type { JournalPosition } from '../stores/event-store.ts';
import { forgetKept } from './kept-segments.ts';
import { openLineBuffer, type LineBuffer } from './line-buffer.ts';
import { forgetSetAside, setAside, type DamagedLine } from './quarantine.ts';
import { readLines } from './read-lines.ts';
import { openSegmentFile, type SegmentFile } from './segment-file.ts';
import { openSpareSegment } from './spare-segment.ts';

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
	/** Deletes segments that lie wholly before a position, or compresses them into `kept`, without being waited for. */
	readonly release: (before: JournalPosition) => Promise<void>;
	/** Begins a new segment: what was appended before lies wholly before it. */
	readonly turn: () => Promise<void>;
	/** Deletes the lines of a site from the segments that are kept, and damaged ones that may be its own. */
	readonly forget: (site: number) => Promise<void>;
	readonly close: () => Promise<void>;
}

export interface JournalOptions {
	/** Whether released segments are kept, compressed. */
	readonly keep?: boolean;
	/** Hears of trouble that does not stop the journal. */
	readonly onTrouble?: (message: string) => void;
}

export interface JournalChunk {
	readonly lines: readonly string[];
	readonly next: JournalPosition;
	/** Lines whose checksum does not fit and that were not set aside before. */
	readonly corrupt: number;
	/** Where these were copied to, seen from the data folder; empty where that failed. */
	readonly setAside: readonly string[];
}

const MEGABYTE = 1024 * 1024;
/** A journal that grew by that much since it was opened will soon need its next segment. */
const BUSY_BYTES = MEGABYTE;
const SPARE_BYTES = 32 * MEGABYTE;

interface Group {
	readonly lines: LineBuffer;
	readonly done: Promise<void>;
	readonly resolve: () => void;
	readonly reject: (reason: unknown) => void;
}

/**
 * Opens the journal in a folder, cutting a torn last line. Segments are numbered files of lines; `stored` is how far
 * the store has read.
 */
export async function openJournal(
	folder: string,
	segmentBytes: number,
	stored: JournalPosition,
	{ keep = false, onTrouble = () => undefined }: JournalOptions = {}
): Promise<Journal> {
	const keptFolder = join(folder, 'kept');
	await mkdir(folder, { recursive: true });
	const sizes = new Map<number, number>();
	for (const segment of await segmentsIn(folder, '.log')) {
		const file = await open(nameOf(segment));
		sizes.set(segment, (await file.stat()).size);
		await file.close();
	}
	// Past what is kept too: a journal that was emptied by hand must not overwrite that one day.
	const kept = await segmentsIn(keptFolder, '.log.gz');
	let current = Math.max(1, stored.segment, ...sizes.keys(), ...kept.map((segment) => segment + 1));
	let file = await openSegment(current);
	sizes.set(current, file.size());
	const spare = await openSpareSegment(folder, Math.min(segmentBytes, SPARE_BYTES));
	const buffers: LineBuffer[] = [];
	let group = newGroup();
	let isDue = false;
	let turning: PromiseWithResolvers<void> | null = null;
	let rotating: Promise<void> | null = null;
	let whenFree = Promise.withResolvers<void>();
	let appended = 0;
	let closed = false;
	let keeping: Promise<void> = Promise.resolve();
	// A journal that ends before what the store has seen was replaced, or lost its tail: new lines must not look stored.
	if (current === stored.segment && file.size() < stored.offset) await rotate();

	function nameOf(segment: number): string {
		return join(folder, fileNameOf(segment));
	}

	async function openSegment(segment: number, laidOut = 0): Promise<SegmentFile> {
		const opened = await openSegmentFile(nameOf(segment), { laidOut, onFree });
		await syncFolder(folder);
		return opened;
	}

	function onFree(): void {
		whenFree.resolve();
		whenFree = Promise.withResolvers();
		flush();
	}

	async function rotate(): Promise<void> {
		// First, since a segment that is not the last one has to be lines to its end.
		await file.trim();
		const isLaidOut = spare.isReady();
		if (isLaidOut) await spare.moveTo(nameOf(current + 1));
		const next = await openSegment(current + 1, isLaidOut ? spare.bytes : 0);
		await file.close();
		file = next;
		current += 1;
		sizes.set(current, 0);
	}

	function isFull(): boolean {
		return file.size() >= segmentBytes || (spare.isReady() && !file.isLaidOut());
	}

	function newGroup(): Group {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		promise.catch(() => undefined);
		return { lines: buffers.pop() ?? openLineBuffer(), done: promise, resolve, reject };
	}

	function takeGroup(): Group {
		const taken = group;
		group = newGroup();
		return taken;
	}

	/** Begins to write the waiting group, where the file takes one more. */
	function flush(): void {
		isDue = false;
		if (rotating !== null || (turning === null && group.lines.isEmpty())) return;
		if (turning !== null || isFull()) {
			// Who reads goes on from a segment only when all of it is there.
			if (file.isIdle()) rotating = turnOver();
		} else if (file.isFree()) void write(takeGroup());
	}

	async function turnOver(): Promise<void> {
		const asked = turning;
		turning = null;
		try {
			await rotate();
			asked?.resolve();
		} catch (thrown) {
			if (asked === null) refuse(takeGroup(), thrown);
			else asked.reject(thrown);
		}
		rotating = null;
		flush();
	}

	async function write(taken: Group): Promise<void> {
		const { lines, resolve } = taken;
		const bytes = lines.bytes();
		appended += bytes.length;
		if (appended > BUSY_BYTES && segmentBytes > BUSY_BYTES) spare.prepare();
		try {
			await file.append(bytes);
		} catch (thrown) {
			refuse(taken, thrown);
			return;
		}
		sizes.set(current, file.size());
		resolve();
		lines.clear();
		buffers.push(lines);
	}

	function refuse({ reject }: Group, cause: unknown): void {
		const message = `An event could not be written to the journal: ${messageOf(cause)}`;
		reject(new Failure('journal', message, { cause }));
	}

	/** Damage is no reason to hold back what is intact: where it cannot be set aside either, it is still told. */
	async function quarantine(
		segment: number,
		damaged: readonly DamagedLine[]
	): Promise<{ readonly corrupt: number; readonly file: string | null }> {
		const name = fileNameOf(segment);
		try {
			const corrupt = await setAside(join(folder, 'quarantine'), name, damaged);
			return { corrupt, file: corrupt > 0 ? `${basename(folder)}/quarantine/${name}` : null };
		} catch {
			return { corrupt: damaged.length, file: null };
		}
	}

	async function keepAll(segments: readonly number[]): Promise<void> {
		for (const segment of segments) {
			if (closed || !sizes.has(segment)) continue;
			try {
				await compress(nameOf(segment), keptFolder);
				await rm(nameOf(segment), { force: true });
				sizes.delete(segment);
			} catch (thrown) {
				onTrouble(
					`Journal segment ${fileNameOf(segment)} could not be compressed and stays as it is: ${messageOf(thrown)}`
				);
			}
		}
	}

	return {
		append: (jsons) => {
			if (closed) return Promise.reject(new Failure('journal', 'The journal is closed.'));
			const { lines, done } = group;
			for (const json of jsons) lines.add(json);
			// After the events that the network has ready, so that they share the group.
			if (!isDue) setImmediate(flush);
			isDue = true;
			return done;
		},
		read: async (from, maxBytes) => {
			const lines: string[] = [];
			const aside: string[] = [];
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
				if (chunk.damaged.length > 0) {
					const found = await quarantine(segment, chunk.damaged);
					corrupt += found.corrupt;
					if (found.file !== null) aside.push(found.file);
				}
				budget -= chunk.bytes;
				position = { segment, offset: start + chunk.bytes };
				if (start + chunk.bytes < size) break;
			}
			return { lines, next: position, corrupt, setAside: aside };
		},
		end: () => ({ segment: current, offset: file.size() }),
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
			const done = [...sizes.keys()].filter((held) => held < before.segment && held < current);
			if (keep) {
				keeping = keeping.then(() => keepAll(done));
				return;
			}
			for (const segment of done) {
				await rm(nameOf(segment), { force: true });
				sizes.delete(segment);
			}
		},
		turn: async () => {
			// What waits to be written was appended before.
			if (!group.lines.isEmpty()) await group.done.catch(() => undefined);
			turning ??= Promise.withResolvers<void>();
			const { promise } = turning;
			flush();
			await promise;
		},
		forget: async (site) => {
			await keeping;
			await forgetKept(keptFolder, site);
			await forgetSetAside(join(folder, 'quarantine'), site);
			await syncFolder(folder);
		},
		close: async () => {
			closed = true;
			for (flush(); rotating !== null || !group.lines.isEmpty() || !file.isIdle(); flush())
				await (rotating ?? whenFree.promise);
			await keeping;
			await spare.close();
			await file.close();
		}
	};
}

function fileNameOf(segment: number): string {
	return `${String(segment).padStart(12, '0')}.log`;
}

/** Numbers of the segments in a folder, which need not exist. */
async function segmentsIn(folder: string, ending: string): Promise<readonly number[]> {
	const names = await readdir(folder).catch(() => []);
	return names
		.filter((name) => /^\d{12}\./.test(name) && name.slice(12) === ending)
		.map((name) => Number(name.slice(0, 12)));
}

/** Makes a gzip copy of a file in a folder; it has its name only once it is whole and on disk. */
async function compress(path: string, into: string): Promise<void> {
	await mkdir(into, { recursive: true, mode: 0o700 });
	const target = join(into, `${basename(path)}.gz`);
	await pipeline(
		createReadStream(path),
		createGzip(),
		createWriteStream(`${target}.new`, { mode: 0o600, flush: true })
	);
	await rename(`${target}.new`, target);
	await syncFolder(into);
}

async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder);
	await handle.sync();
	await handle.close();
}
