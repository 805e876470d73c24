import { z } from 'zod';
import { DROP_REASONS } from '../events/drop-reason.ts';
import { wireBody } from '../events/wire.ts';
import { keysOf } from '../keys-of.ts';

const { shape } = wireBody;
const ctaShape = shape.cta.unwrap().element;

/** The short name of each key that has one. */
export const SHORT_KEYS = {
	name: 'n',
	url: 'u',
	domain: 'd',
	referrer: 'r',
	id: 'i',
	page_view_id: 'pv',
	cta: 'c',
	form: 'f',
	timestamp: 't',
	props: 'p',
	depth: 'sd',
	engaged_ms: 'e'
} as const;

const DESCRIPTIONS: Readonly<Record<keyof typeof SHORT_KEYS, string>> = {
	name: '`pageview`, `engagement`, `cta_view`, `cta_click`, `subscribe`, `comment`, or a word of your own.',
	url: 'Address of the page.',
	domain: 'The site, or several separated by commas; by itself the host of `url`.',
	referrer: 'What the page was reached from; cut at 2,000 characters.',
	id: 'A repeat of the same id within 7 days counts once.',
	page_view_id: 'Ties engagement and calls to action to their page view.',
	cta: 'With `cta_view` and `cta_click` the call to action; with `pageview` and `engagement` those on the page.',
	form: 'With `subscribe`: which form.',
	timestamp:
		'When it happened, ISO 8601 with a zone or epoch milliseconds; at most 5 minutes ahead. Needs an API key that may send events.',
	props: 'Texts, numbers and booleans by name, or the JSON text of such an object; the first 30.',
	depth: 'With `engagement`: greatest share of the article that was reached, 0 to 100.',
	engaged_ms: 'With `engagement`: engaged milliseconds since the last report.'
};

const propValue = z.union([z.string(), z.number(), z.boolean()]);
const numeric = z.union([z.number().min(0), z.string().regex(/^\s*\d+(\.\d+)?\s*$/)]);

const fields = {
	...shape,
	cta: z.union([ctaShape, shape.cta.unwrap()]).optional(),
	props: z.union([z.record(z.string(), propValue), z.string()]).optional(),
	depth: numeric.optional(),
	engaged_ms: numeric.optional()
} as const;

const keys = keysOf(SHORT_KEYS);
/** A key that must be there, long or short; `properties` is said again for readers that look only here. */
const either = (name: 'name' | 'url'): object => ({
	anyOf: [name, SHORT_KEYS[name]].map((key) => ({
		type: 'object',
		properties: { [key]: { type: 'string' } },
		required: [key]
	}))
});

/** One event; each key long or short. Other keys are passed over. */
export const eventShape = z
	.looseObject(
		Object.fromEntries(
			keys.flatMap((name) => {
				const short = SHORT_KEYS[name];
				const field = z.optional(fields[name]);
				return [
					[name, field.describe(DESCRIPTIONS[name])],
					[short, field.describe(`Short for \`${name}\`.`)]
				];
			})
		)
	)
	.meta({ allOf: [either('name'), either('url')] });
export const eventsShape = z.array(eventShape).max(1_000);

/** The body of an answer of `/api/event` that refuses: messages by field. */
export const eventErrorsShape = z.object({
	errors: z.record(z.string(), z.array(z.string()).min(1))
});

export const batchAnswerShape = z.object({
	accepted: z.int().min(0),
	dropped: z.array(
		z.object({
			index: z.int().min(0).describe('Place in the batch.'),
			reason: z.enum(keysOf(DROP_REASONS)),
			errors: eventErrorsShape.shape.errors.optional()
		})
	)
});

/** A key of `GET /api/event.gif`: text, whatever it is in a body. */
export const gifParameters = keys.map((name) => ({
	name,
	short: SHORT_KEYS[name],
	description:
		name === 'cta' ? '`id,placement,variant`, or the JSON of a body.' : DESCRIPTIONS[name]
}));
