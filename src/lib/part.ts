/** One part of a screen: what it shows, or why it cannot; the others stand either way. */
export type Part<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** What a part shows, or what stands in for it where it cannot. */
export const valueOr = <T>(part: Part<T>, instead: T): T => (part.ok ? part.value : instead);

/** Why a part cannot show what it should; undefined where it can. */
export const failureOf = (part: Part<unknown>): string | undefined =>
	part.ok ? undefined : part.message;

/** The part made of another one. */
export function mapPart<T, R>(part: Part<T>, map: (value: T) => R): Part<R> {
	return part.ok ? { ok: true, value: map(part.value) } : part;
}
