/** One part of a screen: what it shows, or why it cannot; the others stand either way. */
export type Part<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** The part made of another one. */
export function mapPart<T, R>(part: Part<T>, map: (value: T) => R): Part<R> {
	return part.ok ? { ok: true, value: map(part.value) } : part;
}
