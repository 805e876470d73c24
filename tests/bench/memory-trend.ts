export interface MemorySample {
	/** Since the load began. */
	readonly minute: number;
	readonly megabytes: number;
}

export interface MemoryTrend {
	/** Megabytes a minute, by least squares. */
	readonly slope: number;
	/** Most less least, megabytes. */
	readonly spread: number;
	readonly mean: number;
	/** Over the whole time the line rises by at most a tenth of the mean. */
	readonly isFlat: boolean;
}

const FEWEST = 12;
const MOST_RISE = 0.1;

/** How resident memory developed, or null where the samples are too few to tell. */
export function judgeMemory(samples: readonly MemorySample[]): MemoryTrend | null {
	if (samples.length < FEWEST) return null;
	const of = (pick: (sample: MemorySample) => number): number =>
		samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length;
	const middle = of(({ minute }) => minute);
	const mean = of(({ megabytes }) => megabytes);
	const slope =
		of(({ minute, megabytes }) => (minute - middle) * (megabytes - mean)) /
		of(({ minute }) => (minute - middle) ** 2);
	const sizes = samples.map(({ megabytes }) => megabytes);
	const minutes = samples.map(({ minute }) => minute);
	const length = Math.max(...minutes) - Math.min(...minutes);
	return {
		slope,
		spread: Math.max(...sizes) - Math.min(...sizes),
		mean,
		isFlat: slope * length <= MOST_RISE * mean
	};
}
