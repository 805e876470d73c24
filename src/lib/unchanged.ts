/** Gives the value before where the next one says the same, so that what is drawn from it is not drawn again. */
export function unchanged<T>(): (next: T) => T {
	let before: { readonly value: T; readonly text: string } | null = null;
	return (next) => {
		const text = JSON.stringify(next);
		if (before === null || before.text !== text) before = { value: next, text };
		return before.value;
	};
}

/** The same item by item, for lists whose items come in another order or go. */
export function unchangedItems<T>(
	keyOf: (item: T) => string
): (next: readonly T[]) => readonly T[] {
	let kept: ReadonlyMap<string, (next: T) => T> = new Map();
	return (next) => {
		const before = kept;
		const now = new Map<string, (next: T) => T>();
		kept = now;
		return next.map((item) => {
			const key = keyOf(item);
			const keep = before.get(key) ?? unchanged<T>();
			now.set(key, keep);
			return keep(item);
		});
	};
}
