import { z } from 'zod';
import type { CtaRef } from './event.ts';
import { DEFAULT_PLACEMENT } from './event.ts';

/** An event as a client states it, with long names and cleaned text, before enrichment. */
export interface WireEvent {
	readonly name: string;
	readonly url: string;
	/** Domains named by the client, without `www.`; empty where it named none. */
	readonly domains: readonly string[];
	readonly id?: string;
	readonly referrer?: string;
	readonly props?: Readonly<Record<string, string>>;
	readonly depth?: number;
	readonly engagedMs?: number;
	readonly pageView?: string;
	readonly ctas?: readonly CtaRef[];
	readonly form?: string;
	readonly timestamp?: number;
	/** The client measures engagement. */
	readonly measured: boolean;
}

/** Messages by field, the body of a 400. */
export type WireErrors = Readonly<Record<string, readonly string[]>>;

export type WireOutcome =
	| { readonly ok: true; readonly event: WireEvent }
	| { readonly ok: false; readonly errors: WireErrors };

const MAX_ENGAGED_MS = 30 * 86_400_000;
const MAX_CTAS = 50;
const MAX_PROPS = 30;
// eslint-disable-next-line no-control-regex -- control characters are what is removed
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text that is safe to keep: well-formed Unicode without control or direction-override characters, cut at `max`. */
export function cleanText(text: string, max: number): string {
	const cut = text.length > max ? text.slice(0, max) : text;
	return cut.toWellFormed().replace(CONTROL, '').trim();
}

const text = (max: number): z.ZodType<string> =>
	z.string({ error: 'must be text' }).transform((value) => cleanText(value, max));

const wholeNumber = z
	.union([z.number(), z.string().regex(/^\s*-?\d+(\.\d+)?\s*$/)])
	.transform(Number)
	.pipe(z.number().finite())
	.optional()
	.catch(undefined);

const token = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, {
	error: 'must be 1 to 64 of A-Z, a-z, 0-9, _ and -'
});

const cta = z.object(
	{
		id: text(120).pipe(z.string().min(1, { error: "can't be blank" })),
		placement: text(60).nullish(),
		variant: text(60).nullish()
	},
	{ error: 'must be an object with an id' }
);

const objectOrJson = z.union([
	z.record(z.string(), z.unknown()),
	z.string().transform((value, context): Record<string, unknown> => {
		try {
			const parsed: unknown = JSON.parse(value);
			if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
				return { ...parsed };
		} catch {
			// reported below
		}
		context.addIssue({ code: 'custom', message: 'must be an object' });
		return z.NEVER;
	})
]);

const body = z.object({
	name: z
		.string({ error: "can't be blank" })
		.max(120, { error: 'must be at most 120 characters' })
		.transform((value) => cleanText(value, 120))
		.pipe(z.string().min(1, { error: "can't be blank" })),
	url: z
		.string({ error: "can't be blank" })
		.min(1, { error: "can't be blank" })
		.max(8_192, { error: 'must be at most 8,192 characters' }),
	domain: z
		.string({ error: 'must be text' })
		.max(1_000, { error: 'must be at most 1,000 characters' })
		.nullish(),
	referrer: z.string({ error: 'must be text' }).nullish(),
	props: objectOrJson.nullish().catch(undefined),
	depth: wholeNumber,
	engaged_ms: wholeNumber,
	id: token.optional(),
	page_view_id: token.optional(),
	cta: z
		.union([z.array(cta).max(MAX_CTAS), cta], { error: 'must be {id, placement, variant}' })
		.optional(),
	form: text(120).optional(),
	timestamp: z
		.union([z.number().finite(), z.iso.datetime({ offset: true }), z.iso.datetime()])
		.transform((value) => (typeof value === 'number' ? value : Date.parse(value)))
		.optional(),
	v: z.unknown().optional()
});

/** The error field names that Plausible's clients know. */
const ERROR_FIELD: Readonly<Record<string, string>> = { name: 'event_name' };

/**
 * Reads one event of `POST /api/event`: Byline's own keys or Plausible's, long or short.
 * Never throws; what is wrong is told per field.
 */
export function parseWireEvent(input: unknown): WireOutcome {
	if (typeof input !== 'object' || input === null || Array.isArray(input))
		return { ok: false, errors: { body: ['must be a JSON object'] } };
	const raw = new Map<string, unknown>(Object.entries(input));
	const either = (...keys: readonly string[]): unknown => {
		for (const key of keys) {
			const value = raw.get(key);
			if (value !== undefined && value !== null) return value;
		}
		return undefined;
	};
	const i = raw.get('i');
	const parsed = body.safeParse({
		name: either('n', 'name'),
		url: either('u', 'url'),
		domain: either('d', 'domain'),
		referrer: either('r', 'referrer'),
		props: either('p', 'props', 'm', 'meta'),
		depth: either('sd', 'depth'),
		engaged_ms: either('e', 'engaged_ms'),
		id: typeof i === 'string' ? i : either('id'),
		page_view_id: either('pv', 'page_view_id'),
		cta: either('c', 'cta'),
		form: either('f', 'form'),
		timestamp: either('t', 'timestamp'),
		v: raw.get('v')
	});
	if (!parsed.success) {
		const errors: Record<string, string[]> = {};
		for (const issue of parsed.error.issues) {
			const field = String(issue.path[0] ?? 'body');
			(errors[ERROR_FIELD[field] ?? field] ??= []).push(issue.message);
		}
		return { ok: false, errors };
	}
	const data = parsed.data;
	if (data.domain === '') return { ok: false, errors: { domain: ["can't be blank"] } };
	if (/^\s*(data|javascript|vbscript|blob):/i.test(data.url))
		return { ok: false, errors: { url: ['scheme is not allowed'] } };

	const depth =
		data.depth === undefined || data.depth < 0 ? undefined : Math.min(100, Math.floor(data.depth));
	const engagedMs =
		data.engaged_ms === undefined || data.engaged_ms < 0 || data.engaged_ms >= MAX_ENGAGED_MS
			? undefined
			: Math.floor(data.engaged_ms);
	if (
		data.name === 'engagement' &&
		depth === undefined &&
		engagedMs === undefined &&
		data.cta === undefined
	)
		return {
			ok: false,
			errors: {
				event_name: [
					"engagement event requires a valid integer value for at least one of 'sd' or 'e' fields"
				]
			}
		};
	const ctas = (data.cta === undefined ? [] : Array.isArray(data.cta) ? data.cta : [data.cta]).map(
		(ref): CtaRef => ({
			id: ref.id,
			placement:
				ref.placement === undefined || ref.placement === null || ref.placement === ''
					? DEFAULT_PLACEMENT
					: ref.placement,
			variant: ref.variant ?? ''
		})
	);
	if ((data.name === 'cta_view' || data.name === 'cta_click') && ctas.length === 0)
		return { ok: false, errors: { cta: ["can't be blank"] } };
	const props = cleanProps(data.props);
	return {
		ok: true,
		event: {
			name: data.name,
			url: data.url,
			domains:
				data.domain === undefined || data.domain === null
					? []
					: [...new Set(data.domain.split(',').map(normaliseDomain))].filter(
							(domain) => domain !== ''
						),
			...(data.id === undefined ? {} : { id: data.id }),
			...(data.referrer === undefined || data.referrer === null
				? {}
				: { referrer: cleanText(data.referrer, 2_000) }),
			...(props === undefined ? {} : { props }),
			...(data.name === 'engagement' && depth !== undefined ? { depth } : {}),
			...(data.name === 'engagement' && engagedMs !== undefined ? { engagedMs } : {}),
			...(data.page_view_id === undefined ? {} : { pageView: data.page_view_id }),
			...(ctas.length === 0 ? {} : { ctas }),
			...(data.name === 'subscribe' ? { form: data.form ?? '' } : {}),
			...(data.timestamp === undefined ? {} : { timestamp: data.timestamp }),
			measured:
				data.name === 'pageview' && (data.page_view_id !== undefined || typeof data.v === 'number')
		}
	};
}

/** Lower case, without `www.`, port or surrounding space. */
export function normaliseDomain(domain: string): string {
	return domain
		.trim()
		.toLowerCase()
		.replace(/^www\./, '')
		.replace(/:\d+$/, '');
}

function cleanProps(
	props: Record<string, unknown> | null | undefined
): Record<string, string> | undefined {
	if (props === undefined || props === null) return undefined;
	const kept: [string, string][] = [];
	for (const [key, value] of Object.entries(props)) {
		if (kept.length === MAX_PROPS) break;
		if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
			continue;
		const name = cleanText(key, 300);
		const content = cleanText(String(value), 2_000);
		if (name !== '' && name !== '__proto__' && content !== '') kept.push([name, content]);
	}
	return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
