/** Numbers in [0, 1). */
export type Random = () => number;

/** A repeatable stream of numbers (Chris Doty-Humphrey's sfc32), the same for the same seeds. */
export function randomFrom(seed: number, stream: number = 0): Random {
	let a = seed | 0;
	let b = stream | 0;
	let c = 0x9e3779b9 | 0;
	let counter = 1;
	const next: Random = () => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = ((c << 21) | (c >>> 11)) + sum;
		c |= 0;
		return (sum >>> 0) / 4294967296;
	};
	for (let i = 0; i < 12; i++) next();
	return next;
}

/** 32 bits of a text (FNV-1a), to give each page chances of its own. */
export function hashText(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	hash ^= hash >>> 15;
	hash = Math.imul(hash, 0x2c1b3c6d);
	return (hash ^ (hash >>> 13)) >>> 0;
}

/** A whole number from 0 up to, but not including, `limit`. */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export function pick<T>(random: Random, items: readonly T[]): T {
	const item = items[below(random, items.length)];
	if (item === undefined) throw new RangeError('Nothing to pick from.');
	return item;
}

/** The items in a random order. */
export function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
	return items
		.map((item) => ({ item, rank: random() }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ item }) => item);
}

/** A chooser with fixed weights. */
export function weighted<T>(choices: readonly (readonly [T, number])[]): (random: Random) => T {
	const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
	return (random) => {
		let rest = random() * total;
		for (const [choice, weight] of choices) {
			rest -= weight;
			if (rest < 0) return choice;
		}
		const last = choices.at(-1);
		if (last === undefined) throw new RangeError('Nothing to choose from.');
		return last[0];
	};
}

/** How often something happens that happens `mean` times on average. */
export function poisson(random: Random, mean: number): number {
	if (mean <= 0) return 0;
	if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
	const limit = Math.exp(-mean);
	let count = 0;
	for (let product = random(); product > limit; product *= random()) count++;
	return count;
}

/** A draw from the standard normal distribution (Box and Muller). */
function normal(random: Random): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const HEX = Array.from({ length: 65_536 }, (_, i) => i.toString(16).padStart(4, '0'));

/** Sixteen hexadecimal digits. */
export function hex16(random: Random): string {
	const group = (): string => HEX[below(random, 65_536)] ?? '0000';
	return group() + group() + group() + group();
}
