import { gifBody } from '../events/event-gif.ts';
import type { WireErrors } from '../events/wire.ts';
import type { Sender } from './enrich-event.ts';
import { takeInputs, type Answer, type IntakeContext } from './intake.ts';

/** One transparent pixel, 43 bytes. */
const PIXEL = Buffer.from(
	'47494638396101000100f00000ffffff00000021f90401000000002c00000000010001000002024401003b',
	'hex'
);

/** Takes `GET /api/event.gif`. The pixel is answered in any case: a broken image would be seen on the page. */
export async function takeGif(
	params: URLSearchParams,
	sender: Sender,
	context: IntakeContext
): Promise<Answer> {
	const taken = await takeInputs([gifBody(params)], sender, context);
	if (!taken.ok) return pixel(taken.answer.status, taken.answer.headers);
	const [verdict] = taken.verdicts;
	if (verdict === undefined) return pixel(400, {});
	if (!verdict.ok) return pixel(400, { 'x-byline-error': sentenceOf(verdict.errors) });
	return pixel(200, verdict.dropped === null ? {} : { 'x-byline-dropped': verdict.dropped });
}

export function pixel(status: number, headers: Answer['headers']): Answer {
	return {
		status,
		headers: { ...headers, 'content-type': 'image/gif', 'cache-control': 'no-store' },
		body: PIXEL
	};
}

/** What was wrong, in one line that a header may hold. */
export function sentenceOf(errors: WireErrors): string {
	return Object.entries(errors)
		.flatMap(([field, messages]) => messages.map((message) => `${field} ${message}`))
		.join('; ')
		.replace(/[^ -~]/g, '?')
		.slice(0, 500);
}
