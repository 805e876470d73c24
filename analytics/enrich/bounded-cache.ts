/** A map that keeps the recently used entries and forgets the rest. */
export interface BoundedCache<V extends NonNullable<unknown>> {
	/** The kept value, else the one that `make` gives, which is then kept. */
	readonly get: (key: string, make: (key: string) => V) => V;
	readonly size: () => number;
}

/**
 * Holds at most twice `limit` entries, in two generations: a full young generation becomes the old one, and what is
 * used again moves back to the young. Cheaper than reordering on every hit.
 */
export function openBoundedCache<V extends NonNullable<unknown>>(limit: number): BoundedCache<V> {
	let young = new Map<string, V>();
	let old = new Map<string, V>();

	return {
		get: (key, make) => {
			const recent = young.get(key);
			if (recent !== undefined) return recent;
			const value = old.get(key) ?? make(key);
			if (young.size >= limit) {
				old = young;
				young = new Map();
			}
			young.set(key, value);
			return value;
		},
		size: () => young.size + old.size
	};
}
