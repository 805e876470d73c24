import type { Part } from '#lib/part.ts';
import { partOf } from '#lib/server/part-of.ts';
import { soon } from '#lib/server/soon.ts';
import type { Soon } from '#lib/soon.ts';

/**
 * A part of a screen that may fail or be late alone. `where` stands before the reason of a failure in the log; a
 * document waits for all of its parts, a script that asks for data only for a moment.
 */
export const latePart = <T>(
	answer: Promise<T>,
	where: string,
	isDataRequest: boolean
): Promise<Soon<Part<T>>> => soon(partOf(answer, where), isDataRequest);
