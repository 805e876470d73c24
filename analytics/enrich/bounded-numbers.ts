import { openBoundedCache } from './bounded-cache.ts';

/**
 * Numbers that stand for long texts, in a name to look up that is to be short. A text that was forgotten meanwhile gets
 * a new one, and no number comes twice.
 * @param limit As of a `BoundedCache`.
 */
export function openBoundedNumbers(limit: number): (text: string) => number {
	const numbers = openBoundedCache<number>(limit);
	let last = 0;
	const next = (): number => (last += 1);
	return (text) => numbers.get(text, next);
}
