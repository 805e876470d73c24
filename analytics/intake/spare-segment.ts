import { open, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const PIECE = Buffer.alloc(1024 * 1024);
/** A disk with less room than so many spares is left alone. */
const ROOM = 8;
const RETRY_MS = 60_000;

/**
 * A file of zeros that becomes the next segment of a journal. Laying it out while nobody waits keeps the file system's
 * own journal out of the way of events: only a file that grows needs it.
 */
export interface SpareSegment {
	readonly bytes: number;
	/** Begins to lay one out, where there is none. */
	readonly prepare: () => void;
	readonly isReady: () => boolean;
	/** Gives it its place. */
	readonly moveTo: (path: string) => Promise<void>;
	/** Takes it away. */
	readonly close: () => Promise<void>;
}

/** Opens the place of a spare in a folder; what an earlier process left there goes. */
export async function openSpareSegment(folder: string, bytes: number): Promise<SpareSegment> {
	const path = join(folder, 'spare');
	let making: Promise<void> | null = null;
	let triedAt = Number.NEGATIVE_INFINITY;
	let isReady = false;
	let closed = false;
	await rm(path, { force: true });

	async function make(): Promise<void> {
		const { bavail, bsize } = await statfs(folder);
		if (bavail * bsize < ROOM * bytes) return;
		const file = await open(path, 'w', 0o600);
		try {
			for (let at = 0; at < bytes && !closed; at += PIECE.length) {
				await file.write(PIECE, 0, Math.min(PIECE.length, bytes - at), at);
				// Piece by piece: events that reach the disk meanwhile wait for one of them at most.
				await file.datasync();
			}
			await file.sync();
		} finally {
			await file.close();
		}
		isReady = true;
	}

	return {
		bytes,
		prepare: () => {
			if (making !== null || performance.now() - triedAt < RETRY_MS) return;
			triedAt = performance.now();
			// Without one the journal grows as it is written: no reason to trouble anybody.
			making = make()
				.catch(() => rm(path, { force: true }).catch(() => undefined))
				.finally(() => {
					if (!isReady) making = null;
				});
		},
		isReady: () => isReady,
		moveTo: async (target) => {
			isReady = false;
			making = null;
			triedAt = Number.NEGATIVE_INFINITY;
			await rename(path, target);
		},
		close: async () => {
			closed = true;
			await making;
			await rm(path, { force: true });
		}
	};
}
