import type { Soon } from '#lib/soon.ts';

/** So long a screen waits for its slow parts before it shows the others. */
const GRACE_MS = 150;

/**
 * What takes longer is streamed after the rest, as SvelteKit does with promises, but only where a script asks: a
 * document has all of its figures in its HTML. `answer` must not reject.
 */
export async function soon<T>(
	answer: Promise<T>,
	isDataRequest: boolean,
	graceMs = GRACE_MS
): Promise<Soon<T>> {
	if (!isDataRequest) return { now: await answer };
	const { promise: over, resolve } = Promise.withResolvers<null>();
	const timer = setTimeout(resolve, graceMs, null);
	const first = await Promise.race([answer.then((value) => ({ value })), over]);
	clearTimeout(timer);
	return first === null ? { later: answer } : { now: first.value };
}
