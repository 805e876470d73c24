/** How often each of many texts came, by hashes of them. */
export interface LineCounts {
	/** How often a hash (two times 32 bits) came before; it counts as having come then. */
	readonly add: (high: number, low: number) => number;
}

const FIRST_SLOTS = 1 << 16;

/**
 * Twelve bytes a slot in place of a hundred in a `Map`: a log of a gigabyte has millions of lines. Open addressing by
 * the first 64 bits of each hash.
 */
export function openLineCounts(): LineCounts {
	let slots = FIRST_SLOTS;
	let keys = new Uint32Array(slots * 2);
	let counts = new Uint32Array(slots);
	let used = 0;

	function slotOf(high: number, low: number): number {
		let slot = low & (slots - 1);
		while (counts[slot] !== 0 && (keys[slot * 2] !== high || keys[slot * 2 + 1] !== low))
			slot = (slot + 1) & (slots - 1);
		return slot;
	}

	function fill(slot: number, high: number, low: number, count: number): void {
		keys[slot * 2] = high;
		keys[slot * 2 + 1] = low;
		counts[slot] = count;
	}

	function grow(): void {
		const [oldKeys, oldCounts] = [keys, counts];
		slots *= 2;
		keys = new Uint32Array(slots * 2);
		counts = new Uint32Array(slots);
		oldCounts.forEach((count, slot) => {
			if (count === 0) return;
			const high = oldKeys[slot * 2] ?? 0;
			const low = oldKeys[slot * 2 + 1] ?? 0;
			fill(slotOf(high, low), high, low, count);
		});
	}

	return {
		add: (high, low) => {
			const slot = slotOf(high, low);
			const before = counts[slot] ?? 0;
			fill(slot, high, low, before + 1);
			if (before === 0 && (used += 1) > slots * 0.6) grow();
			return before;
		}
	};
}
