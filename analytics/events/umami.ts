import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One item of Umami's `POST /api/send` or `/api/batch`, as far as it is read. */
export interface UmamiHit {
	/** False for what Umami knows and Byline does not count: `identify`, `performance`. */
	readonly counts: boolean;
	/** The website's id in Umami, lower case. */
	readonly website?: string;
	readonly hostname?: string;
	/** Absolute or relative. */
	readonly url?: string;
	readonly referrer?: string;
	/** Absent on a page view. */
	readonly name?: string;
	readonly props: Readonly<Record<string, unknown>>;
}

export type UmamiOutcome =
	{ readonly ok: true; readonly hit: UmamiHit } | { readonly ok: false; readonly message: string };

const text = (max: number): z.ZodType<string | null | undefined> =>
	z
		.string({ error: 'must be text' })
		.max(max, { error: `must be at most ${max} characters` })
		.nullish();

// `id`, `ip`, `userAgent`, `browser`, `os`, `device` and `timestamp` are not read: a stranger could state anyone.
const item = z.object(
	{
		type: z.enum(['event', 'identify', 'performance'], {
			error: 'must be event, identify or performance'
		}),
		payload: z.object(
			{
				website: text(100),
				hostname: text(255),
				url: text(8_192),
				referrer: text(8_192),
				title: text(8_192),
				name: text(120),
				data: z.record(z.string(), z.unknown()).nullish().catch(undefined)
			},
			{ error: 'must be an object' }
		)
	},
	{ error: 'must be an object' }
);

/** Reads one item. Never throws; what is wrong is one sentence. */
export function parseUmami(input: unknown): UmamiOutcome {
	const parsed = item.safeParse(input);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const where = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
		return { ok: false, message: `${where} ${issue?.message ?? 'is wrong'}` };
	}
	const { type, payload } = parsed.data;
	const { website, hostname, url, referrer, title, name, data } = payload;
	if (!website && !hostname)
		return { ok: false, message: 'payload.website or payload.hostname must name the site' };
	return {
		ok: true,
		hit: {
			counts: type === 'event',
			...(website ? { website: website.trim().toLowerCase() } : {}),
			...(hostname ? { hostname } : {}),
			...(url ? { url: encodedOnce(url) } : {}),
			...(referrer ? { referrer: encodedOnce(referrer) } : {}),
			...(name ? { name } : {}),
			props: {
				...data,
				...(title && data?.['title'] === undefined ? { title: plainTitle(title) } : {})
			}
		}
	};
}

/** Umami's script of version 2 encodes addresses that are encoded already. */
function encodedOnce(url: string): string {
	return url.replace(/%25(?=[0-9A-F]{2})/gi, '%');
}

/** The same script encodes the title; then it holds no space. */
function plainTitle(title: string): string {
	if (!/^\S*%[0-9A-F]{2}\S*$/i.test(title)) return title;
	try {
		return decodeURIComponent(title);
	} catch {
		return title;
	}
}

/** The body that a hit stands for on a site, to be read by `parseWireEvent`. */
export function umamiBody(
	{ hostname, url = '/', referrer, name, props }: UmamiHit,
	domain: string
): Readonly<Record<string, unknown>> {
	const base = `https://${hostname ?? domain}`;
	// After a navigation without a load the page before is the referrer, as a path.
	const absolute = (text: string): string => URL.parse(text, base)?.href ?? text;
	return {
		n: name ?? 'pageview',
		u: absolute(url),
		d: domain,
		r: referrer?.startsWith('/') === true ? absolute(referrer) : referrer,
		p: props
	};
}

const DNS_NAMESPACE = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');

/** The website id of a site for Umami's clients: the UUID, version 5, of its domain. */
export function umamiIdOf(domain: string): string {
	return uuidOf(createHash('sha1').update(DNS_NAMESPACE).update(domain).digest('hex'), '5');
}

/** Opaque identifiers as Umami's clients expect them. */
export interface UmamiSession {
	readonly cache: string;
	readonly sessionId: string;
	readonly visitId: string;
}

/**
 * The identifiers of a visitor of one day, hashed once more: they tell nothing about the visitor, change with the day
 * and are not read when they come back.
 */
export function umamiSession(visitor: string): UmamiSession {
	const hash = (use: string): string =>
		createHash('sha256').update(`umami ${use} ${visitor}`).digest('hex');
	return {
		cache: hash('cache').slice(0, 32),
		sessionId: uuidOf(hash('session'), '8'),
		visitId: uuidOf(hash('visit'), '8')
	};
}

/** A UUID of the first 122 bits of a hash; version 5 is by SHA-1, version 8 the maker's own (RFC 9562). */
function uuidOf(hex: string, version: '5' | '8'): string {
	const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
