import { messageOf } from '../failure.ts';
import type { EventStore, JournalPosition } from '../stores/event-store.ts';
import type { Journal } from './journal.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 1_000;
const SETTLE_MS = 1_000;
const CHECKPOINT_BYTES = 64 * 1024 * 1024;

/** Drains the journal into the store and keeps facts settled. */
export interface Writer {
	/** Tells that the journal grew. */
	readonly wake: () => void;
	/** Drains and settles all that is in the journal now. */
	readonly drain: () => Promise<void>;
	/** Writes the store out and deletes the journal's segments that it no longer needs. */
	readonly compact: () => Promise<void>;
	/** Journal bytes that are not in the store yet. */
	readonly backlog: () => number;
	/** Stops; what is not drained stays in the journal for the next start. */
	readonly stop: () => Promise<void>;
}

interface WriterOptions {
	readonly journal: Journal;
	readonly store: EventStore;
	readonly intervalMs: number;
	readonly onTrouble: (message: string) => void;
}

export async function startWriter({
	journal,
	store,
	intervalMs,
	onTrouble
}: WriterOptions): Promise<Writer> {
	let position: JournalPosition = await store.position();
	let timer: NodeJS.Timeout | null = null;
	let running: Promise<void> | null = null;
	let stopped = false;
	let sinceCheckpoint = 0;

	async function step(): Promise<boolean> {
		const chunk = await journal.read(position, CHUNK_BYTES);
		if (chunk.corrupt > 0)
			onTrouble(
				`${chunk.corrupt} journal line(s) before segment ${chunk.next.segment}, byte ${chunk.next.offset} do not fit their checksum and were left out.`
			);
		const moved = chunk.next.segment !== position.segment || chunk.next.offset !== position.offset;
		if (moved) {
			sinceCheckpoint += chunk.lines.reduce((sum, line) => sum + line.length, 0);
			await store.append(chunk.lines, chunk.next);
			position = chunk.next;
		}
		return chunk.lines.length > 0;
	}

	async function drainAll(): Promise<void> {
		// Under a flood the journal may never be empty: figures must not wait for that.
		let settledAt = performance.now();
		while (!stopped && (await step()))
			if (performance.now() - settledAt > SETTLE_MS) {
				await store.settle();
				settledAt = performance.now();
			}
		if (stopped) return;
		await store.settle();
		if (sinceCheckpoint > CHECKPOINT_BYTES) await compact();
	}

	async function compact(): Promise<void> {
		await store.checkpoint();
		await journal.release(position);
		sinceCheckpoint = 0;
	}

	/** One run at a time: whoever asks during a run gets another one after it. */
	function runOnce(): Promise<void> {
		const next = (running ?? Promise.resolve()).catch(() => undefined).then(drainAll);
		const settled: Promise<void> = next.finally(() => {
			if (running === settled) running = null;
		});
		running = settled;
		return settled;
	}

	function schedule(delay: number): void {
		if (stopped || timer !== null) return;
		timer = setTimeout(() => {
			timer = null;
			runOnce().catch((thrown: unknown) => {
				onTrouble(`Events wait in the journal: ${messageOf(thrown)}`);
				schedule(RETRY_MS);
			});
		}, delay);
	}

	return {
		wake: () => schedule(intervalMs),
		drain: runOnce,
		compact,
		backlog: () => journal.backlog(position),
		stop: async () => {
			if (timer !== null) clearTimeout(timer);
			timer = null;
			await running?.catch(() => undefined);
			stopped = true;
		}
	};
}
