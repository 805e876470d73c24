/** Counts what went wrong, so that guessing is held back before it costs a hash. */
export interface Attempts {
	/** Takes one attempt for all names; false, and none taken, where one of them has none left. */
	readonly take: (names: readonly AttemptName[]) => boolean;
	/** Gives the attempts back: it was no guess. */
	readonly giveBack: (names: readonly AttemptName[]) => void;
}

export interface AttemptName {
	readonly name: string;
	/** Most attempts within a window. */
	readonly most: number;
}

interface Counted {
	count: number;
	readonly since: number;
}

const WINDOW_MS = 15 * 60_000;
const MOST_NAMES = 50_000;

export function openAttempts(now: () => number): Attempts {
	const counts = new Map<string, Counted>();

	function counted(name: string): Counted {
		const known = counts.get(name);
		// A clock that steps back must not lock anybody out.
		if (known !== undefined && now() - known.since < WINDOW_MS && now() >= known.since)
			return known;
		const fresh = { count: 0, since: now() };
		counts.delete(name);
		if (counts.size >= MOST_NAMES) forget();
		counts.set(name, fresh);
		return fresh;
	}

	/** Names stand in the order of their windows: the oldest go, half of all at most. */
	function forget(): void {
		for (const [name, { since }] of counts) {
			if (now() - since < WINDOW_MS && counts.size <= MOST_NAMES / 2) break;
			counts.delete(name);
		}
	}

	return {
		take: (names) => {
			const entries = names.map(({ name, most }) => ({ entry: counted(name), most }));
			if (entries.some(({ entry, most }) => entry.count >= most)) return false;
			for (const { entry } of entries) entry.count += 1;
			return true;
		},
		giveBack: (names) => {
			for (const { name } of names) {
				const entry = counts.get(name);
				if (entry !== undefined) entry.count = Math.max(0, entry.count - 1);
			}
		}
	};
}
