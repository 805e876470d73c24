import { z } from 'zod';
import type { CtaRef } from './event.ts';
import { DEFAULT_PLACEMENT } from './event.ts';

/** An event as a client states it, with long names and cleaned text, before enrichment. */
export interface WireEvent {
	readonly name: string;
	readonly url: string;
	/** Domains named by the client, without `www.`; empty where it named none. */
	readonly domains: readonly string[];
	readonly id?: string | undefined;
	readonly referrer?: string | undefined;
	readonly props?: Readonly<Record<string, string>> | undefined;
	readonly depth?: number | undefined;
	readonly engagedMs?: number | undefined;
	readonly pageView?: string | undefined;
	readonly ctas?: readonly CtaRef[] | undefined;
	readonly form?: string | undefined;
	readonly timestamp?: number | undefined;
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

/** Needs no cleaning, which is most text that comes. */
const CLEAN = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;

/** Text that is safe to keep: well-formed Unicode without control or direction-override characters, cut at `max`. */
export function cleanText(text: string, max: number): string {
	const cut = text.length > max ? text.slice(0, max) : text;
	if (CLEAN.test(cut)) return cut;
	return cut.toWellFormed().replace(CONTROL, '').trim();
}

const CTA_SHAPE = 'must be {id, placement, variant}';

const token = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, {
	error: 'must be 1 to 64 of A-Z, a-z, 0-9, _ and -'
});

/** An event by its long keys. Only checks: a transform or a union costs as much as all checks together. */
export const wireBody = z.object({
	name: z.string({ error: "can't be blank" }).max(120, { error: 'must be at most 120 characters' }),
	url: z
		.string({ error: "can't be blank" })
		.min(1, { error: "can't be blank" })
		.max(8_192, { error: 'must be at most 8,192 characters' }),
	domain: z
		.string({ error: 'must be text' })
		.max(1_000, { error: 'must be at most 1,000 characters' })
		.optional(),
	referrer: z.string({ error: 'must be text' }).optional(),
	id: token.optional(),
	page_view_id: token.optional(),
	cta: z
		.array(
			z.object({
				id: z.string(),
				placement: z.string().nullish(),
				variant: z.string().nullish()
			})
		)
		.max(MAX_CTAS)
		.optional(),
	form: z.string({ error: 'must be text' }).optional(),
	timestamp: z
		.union([z.number().finite(), z.iso.datetime({ offset: true }), z.iso.datetime()], {
			error: 'must be ISO 8601 with a zone, or epoch milliseconds'
		})
		.optional()
});

/** The error field names that Plausible's clients know. */
const ERROR_FIELD: Readonly<Record<string, string>> = { name: 'event_name' };

/**
 * Reads one event of `POST /api/event`: Byline's own keys or Plausible's, long or short.
 * Never throws; what is wrong is told per field.
 */
export function parseWireEvent(input: unknown): WireOutcome {
	if (!isRecord(input)) return wrong('body', 'must be a JSON object');
	const cta = input['c'] ?? input['cta'] ?? undefined;
	const parsed = wireBody.safeParse({
		name: input['n'] ?? input['name'],
		url: input['u'] ?? input['url'],
		domain: input['d'] ?? input['domain'] ?? undefined,
		referrer: input['r'] ?? input['referrer'] ?? undefined,
		id: typeof input['i'] === 'string' ? input['i'] : (input['id'] ?? undefined),
		page_view_id: input['pv'] ?? input['page_view_id'] ?? undefined,
		cta: cta === undefined || Array.isArray(cta) ? cta : [cta],
		form: input['f'] ?? input['form'] ?? undefined,
		timestamp: input['t'] ?? input['timestamp'] ?? undefined
	});
	if (!parsed.success) return { ok: false, errors: errorsOf(parsed.error) };
	const { data } = parsed;
	const name = cleanText(data.name, 120);
	if (name === '') return wrong('event_name', "can't be blank");
	if (data.domain === '') return wrong('domain', "can't be blank");
	if (/^\s*(data|javascript|vbscript|blob):/i.test(data.url))
		return wrong('url', 'scheme is not allowed');

	const depth = percent(input['sd'] ?? input['depth']);
	const engagedMs = engaged(input['e'] ?? input['engaged_ms']);
	const isEngagement = name === 'engagement';
	if (isEngagement && depth === undefined && engagedMs === undefined && data.cta === undefined)
		return wrong(
			'event_name',
			"engagement event requires a valid integer value for at least one of 'sd' or 'e' fields"
		);
	const ctas = data.cta?.map(ctaRef);
	if (ctas?.some(({ id }) => id === '') === true) return wrong('cta', CTA_SHAPE);
	const hasCtas = ctas !== undefined && ctas.length > 0;
	if ((name === 'cta_view' || name === 'cta_click') && !hasCtas)
		return wrong('cta', "can't be blank");
	return {
		ok: true,
		event: {
			name,
			url: data.url,
			domains: data.domain === undefined ? [] : domainsOf(data.domain),
			id: data.id,
			referrer: data.referrer === undefined ? undefined : cleanText(data.referrer, 2_000),
			props: propsOf(input['p'] ?? input['props'] ?? input['m'] ?? input['meta']),
			depth: isEngagement ? depth : undefined,
			engagedMs: isEngagement ? engagedMs : undefined,
			pageView: data.page_view_id,
			ctas: hasCtas ? ctas : undefined,
			form: name === 'subscribe' ? cleanText(data.form ?? '', 120) : undefined,
			timestamp: data.timestamp === undefined ? undefined : epochMs(data.timestamp),
			measured:
				name === 'pageview' && (data.page_view_id !== undefined || typeof input['v'] === 'number')
		}
	};
}

function isRecord(input: unknown): input is Readonly<Record<string, unknown>> {
	return typeof input === 'object' && input !== null && !Array.isArray(input);
}

function wrong(field: string, message: string): WireOutcome {
	return { ok: false, errors: { [field]: [message] } };
}

function errorsOf({ issues }: z.ZodError): WireErrors {
	const errors: Record<string, string[]> = {};
	for (const issue of issues) {
		const field = String(issue.path[0] ?? 'body');
		(errors[ERROR_FIELD[field] ?? field] ??= []).push(field === 'cta' ? CTA_SHAPE : issue.message);
	}
	return errors;
}

function epochMs(time: string | number): number {
	return typeof time === 'string' ? Date.parse(time) : Math.floor(time);
}

/** A number, or text that spells one; undefined for whatever else a client sends. */
function numberOf(value: unknown): number | undefined {
	const isNumeric =
		typeof value === 'number' || (typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value));
	const number = isNumeric ? Number(value) : Number.NaN;
	return Number.isFinite(number) && number >= 0 ? Math.floor(number) : undefined;
}

function percent(value: unknown): number | undefined {
	const number = numberOf(value);
	return number === undefined ? undefined : Math.min(100, number);
}

function engaged(value: unknown): number | undefined {
	const number = numberOf(value);
	return number === undefined || number >= MAX_ENGAGED_MS ? undefined : number;
}

function ctaRef(ref: {
	readonly id: string;
	readonly placement?: string | null | undefined;
	readonly variant?: string | null | undefined;
}): CtaRef {
	return {
		id: cleanText(ref.id, 120),
		placement: cleanText(ref.placement ?? '', 60) || DEFAULT_PLACEMENT,
		variant: cleanText(ref.variant ?? '', 60)
	};
}

function domainsOf(list: string): readonly string[] {
	if (!list.includes(',')) {
		const domain = normaliseDomain(list);
		return domain === '' ? [] : [domain];
	}
	return [...new Set(list.split(',').map(normaliseDomain))].filter((domain) => domain !== '');
}

/** Lower case, without `www.`, port or surrounding space. */
export function normaliseDomain(domain: string): string {
	return domain
		.trim()
		.toLowerCase()
		.replace(/^www\./, '')
		.replace(/:\d+$/, '');
}

/** Custom properties, given as an object or as the JSON text of one. */
function propsOf(given: unknown): Readonly<Record<string, string>> | undefined {
	if (given === undefined || given === null) return undefined;
	const props = typeof given === 'string' ? parsedOrNull(given) : given;
	if (!isRecord(props)) return undefined;
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

function parsedOrNull(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}
