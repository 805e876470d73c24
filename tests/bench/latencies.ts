/** Latencies of one minute, to a tenth of a millisecond, up to a minute. */
export interface Latencies {
	/**
	 * Counts an answer. Who waits for one does not ask again meanwhile: what would have been asked every
	 * `intervalMs` until then is counted too, each with the rest of the wait.
	 */
	readonly add: (milliseconds: number, intervalMs: number) => void;
	/** The least latency that a share of the answers did not exceed; 0 where there is none. */
	readonly quantile: (share: number) => number;
}

const BINS = 600_000;
const BINS_A_MS = 10;

export function openLatencies(): Latencies {
	const counts = new Uint32Array(BINS);
	let total = 0;
	return {
		add: (milliseconds, intervalMs) => {
			let left = milliseconds;
			do {
				const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(left * BINS_A_MS)));
				counts[bin] = (counts[bin] ?? 0) + 1;
				total += 1;
				left -= intervalMs;
			} while (left > 0);
		},
		quantile: (share) => {
			let seen = 0;
			for (let bin = 0; bin < BINS; bin += 1) {
				seen += counts[bin] ?? 0;
				if (seen > 0 && seen >= share * total) return bin / BINS_A_MS;
			}
			return 0;
		}
	};
}
