import { abortReason } from '../failure.ts';

/** Answers that are kept as long as nothing changes, each worked out once however many ask at the same time. */
export interface ResultCache<T> {
	/**
	 * The answer of a key. `make` hears through its signal when everyone who waits has left.
	 * @throws The signal's reason where the asker leaves first; what `make` throws, which is not kept.
	 */
	readonly get: (
		key: string,
		make: (signal: AbortSignal) => Promise<T>,
		signal?: AbortSignal
	) => Promise<T>;
}

interface Entry<T> {
	readonly answer: Promise<T>;
	readonly leave: AbortController;
	waiting: number;
	done: boolean;
}

/** `version` tells what the answers rest on: another one, and all are asked again. Keeps the newest `limit` answers. */
export function openResultCache<T>(version: () => number, limit = 200): ResultCache<T> {
	const entries = new Map<string, Entry<T>>();
	let current = version();

	function entryOf(key: string, make: (signal: AbortSignal) => Promise<T>): Entry<T> {
		if (version() !== current) {
			entries.clear();
			current = version();
		}
		const known = entries.get(key);
		if (known !== undefined) return known;
		const leave = new AbortController();
		const entry: Entry<T> = { answer: make(leave.signal), leave, waiting: 0, done: false };
		entries.set(key, entry);
		entry.answer.then(
			() => (entry.done = true),
			() => forget(key, entry)
		);
		for (const oldest of entries.keys()) {
			if (entries.size <= limit) break;
			entries.delete(oldest);
		}
		return entry;
	}

	function forget(key: string, entry: Entry<T>): void {
		if (entries.get(key) === entry) entries.delete(key);
	}

	return {
		get: async (key, make, signal) => {
			signal?.throwIfAborted();
			const entry = entryOf(key, make);
			entry.waiting += 1;
			const { promise: left, reject } = Promise.withResolvers<never>();
			const onAbort = (): void => {
				entry.waiting -= 1;
				if (entry.waiting === 0 && !entry.done) {
					forget(key, entry);
					entry.leave.abort(signal?.reason);
				}
				reject(abortReason(signal));
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			try {
				return await Promise.race([entry.answer, left]);
			} finally {
				signal?.removeEventListener('abort', onAbort);
				if (signal?.aborted !== true) entry.waiting -= 1;
			}
		}
	};
}
