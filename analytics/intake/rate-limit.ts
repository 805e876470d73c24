/** Lets so many through in a second on average, and a burst of them at once. */
export interface RateLimit {
	/** Takes `count` from the bucket of a name; false, and nothing taken, where it holds too few. */
	readonly take: (name: string, count: number, nowMs: number) => boolean;
}

interface Bucket {
	tokens: number;
	at: number;
}

const BURST_SECONDS = 10;
const MAX_BUCKETS = 50_000;

/**
 * A token bucket per name. `perSecond` 0 lets everything through. Names that have not been seen for long cost no
 * memory: their bucket would be full again.
 */
export function openRateLimit(perSecond: number): RateLimit {
	if (perSecond === 0) return { take: () => true };
	const burst = perSecond * BURST_SECONDS;
	const buckets = new Map<string, Bucket>();

	function forgetFull(now: number): void {
		for (const [name, bucket] of buckets)
			if (bucket.tokens + ((now - bucket.at) / 1000) * perSecond >= burst) buckets.delete(name);
		// An attacker with more addresses than that: the oldest go.
		for (const name of buckets.keys()) {
			if (buckets.size <= MAX_BUCKETS / 2) break;
			buckets.delete(name);
		}
	}

	return {
		take: (name, count, now) => {
			const bucket = buckets.get(name) ?? { tokens: burst, at: now };
			// A clock that steps back must not take tokens away.
			const passed = Math.max(0, now - bucket.at);
			bucket.tokens = Math.min(burst, bucket.tokens + (passed / 1000) * perSecond);
			bucket.at = now;
			if (!buckets.has(name)) {
				if (buckets.size >= MAX_BUCKETS) forgetFull(now);
				buckets.set(name, bucket);
			}
			if (bucket.tokens < count) return false;
			bucket.tokens -= count;
			return true;
		}
	};
}
