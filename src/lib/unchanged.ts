/** Gives the value before where the next one says the same, so that what is drawn from it is not drawn again. */
export function unchanged<T>(): (next: T) => T {
	let before: { readonly value: T; readonly text: string } | null = null;
	return (next) => {
		const text = JSON.stringify(next);
		if (before?.text !== text) before = { value: next, text };
		return before.value;
	};
}
