import { publicMessage } from '#lib/server/public-message.ts';
import type { Part } from '#lib/part.ts';

/** A part of a screen once it is there; it never rejects. `where` stands before the reason in the log. */
export async function partOf<T>(answer: Promise<T>, where: string): Promise<Part<T>> {
	try {
		return { ok: true, value: await answer };
	} catch (thrown) {
		return { ok: false, message: publicMessage(thrown, where) };
	}
}
