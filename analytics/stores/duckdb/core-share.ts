/** Lines of one step of the writer, or of an import: more is a flood, some thousand events a second. */
const FLOOD_LINES = 2_000;
const CALM_MS = 10_000;

/**
 * How many threads the store has: one less while events come in floods, so that the intake, or what reads an import's
 * files, has a core for itself. A thread that waits for another's share of a query waits busily.
 */
export interface CoreShare {
	/** Tells how many lines a step had. */
	readonly stepped: (lines: number) => void;
	/** The flood is known to have ended: all threads at once. */
	readonly ended: () => void;
	/** Whether one goes on, or has only just ended. */
	readonly isFlooded: () => boolean;
	/** Gives all threads back where the last flood is over; asked from time to time. */
	readonly calmed: () => void;
	/** The store was opened anew, with all its threads. */
	readonly reopened: () => void;
}

/**
 * @param threads How many the store may have.
 * @param set Sets them. It is not waited for: it takes as long as the longest query that runs.
 * @param now Milliseconds of a clock that only goes on.
 */
export function openCoreShare(
	threads: number,
	set: (threads: number) => Promise<void>,
	now: () => number
): CoreShare {
	let wanted = threads;
	let floodAt = Number.NEGATIVE_INFINITY;
	let isSetting = false;

	async function follow(): Promise<void> {
		if (isSetting) return;
		isSetting = true;
		for (let done = false; !done;) {
			const next = wanted;
			// The next change tries again; until then the store is as fast as it was.
			await set(next).catch(() => undefined);
			done = next === wanted;
		}
		isSetting = false;
	}

	function want(next: number): void {
		if (next === wanted) return;
		wanted = next;
		void follow();
	}

	function isFlooded(): boolean {
		return now() - floodAt <= CALM_MS;
	}

	function calmed(): void {
		if (!isFlooded()) want(threads);
	}

	return {
		stepped: (lines) => {
			if (lines < FLOOD_LINES) {
				calmed();
				return;
			}
			floodAt = now();
			want(Math.max(1, threads - 1));
		},
		ended: () => {
			floodAt = Number.NEGATIVE_INFINITY;
			want(threads);
		},
		isFlooded,
		calmed,
		reopened: () => {
			wanted = threads;
		}
	};
}
