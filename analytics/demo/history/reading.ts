import type { Random } from '../random.ts';

/** How one page view went. Times in milliseconds. */
export interface Reading {
	readonly read: boolean;
	/** Greatest depth, 0 to 100. */
	readonly depth: number;
	readonly engagedMs: number;
	/** Time until the page was left. */
	readonly dwellMs: number;
}

const WORDS_PER_MINUTE = 238;
const DEVICE_ATTENTION: Readonly<Record<string, number>> = {
	desktop: 1.12,
	tablet: 1,
	mobile: 0.72
};

/** Expected reading time in milliseconds. */
const readingTime = (words: number): number => (words / WORDS_PER_MINUTE) * 60_000;

/** A view of an article that is read with probability `chance` before the device has its say. */
export function drawReading(
	random: Random,
	words: number,
	chance: number,
	device: string
): Reading {
	const expected = readingTime(words);
	const probability = Math.min(0.86, Math.max(0.04, chance * (DEVICE_ATTENTION[device] ?? 1)));
	if (random() < probability) {
		const depth = random() < 0.74 ? Math.min(100, 96 + 7 * random()) : 76 + 19 * random();
		return finished(random, true, depth, expected * (0.3 + 0.75 * random() ** 1.2));
	}
	const kind = random();
	if (kind < 0.34) return finished(random, false, 3 + 22 * random(), 900 + 8400 * random());
	if (kind < 0.5)
		return finished(random, false, 75 + 25 * random(), expected * (0.04 + 0.18 * random()));
	const depth = 12 + 60 * random();
	return finished(random, false, depth, expected * (depth / 100) * (0.4 + 0.7 * random()));
}

/** A view of a page that is no article. */
export function drawGlance(random: Random): Reading {
	return finished(random, false, 25 + 75 * random(), 3000 + 26_000 * random() ** 1.6);
}

function finished(random: Random, read: boolean, depth: number, engagedMs: number): Reading {
	return {
		read,
		depth: Math.floor(depth),
		engagedMs: Math.ceil(engagedMs),
		dwellMs: Math.ceil(engagedMs * (1.04 + 0.4 * random())) + 400
	};
}
