import { messageOf } from '../failure.ts';
import type { EventStore, JournalPosition } from '../stores/event-store.ts';
import type { Journal } from './journal.ts';
import { siteOfLine } from './journal-line.ts';

const CHUNK_BYTES = 12 * 1024 * 1024;
const RETRY_MS = 1_000;
/** What a killed process reads again takes some seconds then. */
const CHECKPOINT_BYTES = 32 * 1024 * 1024;
const CHECKPOINT_MS = 300_000;
/** Under load the writer pauses this many times as long as it works, so that intake and screens get the rest. */
const PAUSE_FACTOR = 3;
/** An event is to be seen within two seconds. */
const MAX_PAUSE_MS = 600;

/** Drains the journal into the store. */
export interface Writer {
	/** Tells that the journal grew. */
	readonly wake: () => void;
	/** Stores all that is in the journal now. */
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
	/** Sites that were removed, whose lines are no longer stored. */
	readonly removed: ReadonlySet<number>;
	readonly onTrouble: (message: string) => void;
}

export async function startWriter({
	journal,
	store,
	intervalMs,
	removed,
	onTrouble
}: WriterOptions): Promise<Writer> {
	let position: JournalPosition = await store.position();
	let timer: NodeJS.Timeout | null = null;
	let tail: Promise<void> = Promise.resolve();
	let runs = 0;
	let isAwaited = false;
	let stopped = false;
	let sinceCheckpoint = 0;
	let checkpointAt = performance.now();
	let tookMs = 0;

	/** False where there was nothing to read. */
	async function step(): Promise<boolean> {
		const chunk = await journal.read(position, CHUNK_BYTES);
		if (chunk.corrupt > 0)
			onTrouble(
				`${chunk.corrupt} journal line(s) do not fit their checksum and were left out. ${chunk.setAside.length > 0 ? `They were set aside in ${chunk.setAside.join(', ')}.` : 'They could not be set aside.'}`
			);
		if (!isBefore(position, chunk.next)) return false;
		sinceCheckpoint += chunk.lines.reduce((sum, line) => sum + line.length, 0);
		const lines =
			removed.size === 0
				? chunk.lines
				: chunk.lines.filter((line) => !removed.has(siteOfLine(line) ?? 0));
		await store.append(lines, chunk.next);
		position = chunk.next;
		return true;
	}

	/** Only up to what is there now: under a flood the journal is never empty. */
	async function drainAll(): Promise<void> {
		const target = journal.end();
		while (!stopped && isBefore(position, target) && (await step()))
			if (isDueForCheckpoint()) await compact();
	}

	async function timedDrain(): Promise<void> {
		const started = performance.now();
		await drainAll();
		tookMs = performance.now() - started;
	}

	function isDueForCheckpoint(): boolean {
		return sinceCheckpoint > CHECKPOINT_BYTES || performance.now() - checkpointAt > CHECKPOINT_MS;
	}

	async function compact(): Promise<void> {
		await store.checkpoint();
		sinceCheckpoint = 0;
		checkpointAt = performance.now();
		await journal.release(position);
	}

	/** One run at a time: whoever asks during a run gets another one after it. */
	function runOnce(): Promise<void> {
		runs += 1;
		const run = tail.then(timedDrain).finally(() => {
			runs -= 1;
			if (isAwaited) schedule(Math.max(intervalMs, Math.min(MAX_PAUSE_MS, tookMs * PAUSE_FACTOR)));
		});
		tail = run.catch(() => undefined);
		return run;
	}

	/** Waits from the end of a run on: many events in one step cost far less than one by one. */
	function schedule(delay: number): void {
		isAwaited = true;
		if (stopped || timer !== null || runs > 0) return;
		timer = setTimeout(() => {
			timer = null;
			isAwaited = false;
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
			await tail;
			stopped = true;
			if (timer !== null) clearTimeout(timer);
		}
	};
}

function isBefore(a: JournalPosition, b: JournalPosition): boolean {
	return a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
}
