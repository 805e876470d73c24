type Days = ReadonlyMap<number, readonly string[]>;

/** Which days are read from their facts: what a reader was told of them holds for what it then reads, or it asks again. */
export interface Unrolled {
	/** The days by site, once no change is under way. */
	readonly current: () => Promise<Days>;
	/** Whether nothing has changed since `current` answered these. */
	readonly isStill: (days: Days) => boolean;
	/** Commits; the days are those given from then on. */
	readonly change: (days: Days, commit: () => Promise<unknown>) => Promise<void>;
}

export function openUnrolled(first: Days): Unrolled {
	let days = first;
	let changing: Promise<unknown> | null = null;
	return {
		current: async () => {
			while (changing !== null) await changing.catch(() => undefined);
			return days;
		},
		isStill: (asked) => changing === null && asked === days,
		change: async (next, commit) => {
			if (isSame(days, next)) {
				await commit();
				return;
			}
			changing = commit();
			try {
				await changing;
				days = next;
			} finally {
				changing = null;
			}
		}
	};
}

function isSame(a: Days, b: Days): boolean {
	return (
		a.size === b.size &&
		[...a].every(([site, days]) => {
			const others = b.get(site) ?? [];
			return days.length === others.length && days.every((day, at) => day === others[at]);
		})
	);
}
