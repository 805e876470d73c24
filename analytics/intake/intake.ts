import type { DropReason } from '../events/drop-reason.ts';
import { parseWireEvent, type WireErrors, type WireEvent } from '../events/wire.ts';
import { enrichEvent, type EnrichContext, type Sender } from './enrich-event.ts';
import { subscriberOf, type TrustedProxies } from './client-address.ts';
import type { Site } from '../posts/site.ts';
import type { DropLedger } from './drop-ledger.ts';
import type { Journal } from './journal.ts';
import type { RateLimit } from './rate-limit.ts';

export const MAX_SINGLE_BYTES = 64 * 1024;
export const MAX_BATCH_BYTES = 2 * 1024 * 1024;
const MAX_BATCH_EVENTS = 1_000;
/** Clocks differ. */
const MAX_AHEAD_MS = 5 * 60_000;

/** The answer to a sender. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
}

export interface IntakeContext extends EnrichContext {
	/** The site, where there is no other. */
	readonly onlySite: () => Site | undefined;
	readonly journal: Journal;
	readonly drops: DropLedger;
	/** Why no event can be taken right now, or null. */
	readonly closedBecause: () => string | null;
	readonly onTaken: () => void;
	readonly isTrustedProxy: TrustedProxies;
	/** By subscriber. */
	readonly addressLimit: RateLimit;
	/** By site. */
	readonly siteLimit: RateLimit;
	/** The site whose events the bearer of a key may send, also with times; null where the text is no such key. */
	readonly keySite: (key: string) => number | null;
}

type Judged =
	| { readonly ok: true; readonly lines: readonly string[]; readonly dropped: DropReason | null }
	| { readonly ok: false; readonly errors: WireErrors };

/** What became of one event: kept (dropped is null), dropped, or wrong. */
export type Verdict =
	| { readonly ok: true; readonly dropped: DropReason | null }
	| { readonly ok: false; readonly errors: WireErrors };

export type Taken =
	| { readonly ok: true; readonly verdicts: readonly Verdict[] }
	| { readonly ok: false; readonly answer: Answer };

const ACCEPTED: Answer = {
	status: 202,
	headers: { 'content-type': 'text/plain; charset=utf-8' },
	body: 'ok'
};

/** Takes the body of `POST /api/event`: answers 202 only when what it accepted is on disk. */
export async function takeBody(
	body: string,
	sender: Sender,
	context: IntakeContext
): Promise<Answer> {
	const closed = context.closedBecause();
	if (closed !== null) return unavailable(closed);
	const isBatch = /^\s*\[/.test(body);
	if (!isBatch && body.length > MAX_SINGLE_BYTES / 3 && Buffer.byteLength(body) > MAX_SINGLE_BYTES)
		return tooLarge(MAX_SINGLE_BYTES);
	let input: unknown;
	try {
		input = JSON.parse(body);
	} catch {
		return refusal({ body: ['is not valid JSON'] });
	}
	const count = Array.isArray(input) ? Math.max(1, input.length) : 1;
	if (!mayTake(sender, count, context)) return tooMany();
	if (Array.isArray(input)) return takeBatch(input, sender, context);

	const verdict = judge(input, sender, context);
	if (!verdict.ok) return refusal(verdict.errors);
	if (verdict.dropped === 'rate_limit') return tooMany();
	const kept = await keep(verdict.lines, context);
	if (kept !== null) return kept;
	return verdict.dropped === null
		? ACCEPTED
		: {
				...ACCEPTED,
				headers: {
					...ACCEPTED.headers,
					'x-byline-dropped': verdict.dropped,
					'x-plausible-dropped': '1'
				}
			};
}

async function takeBatch(
	inputs: readonly unknown[],
	sender: Sender,
	context: IntakeContext
): Promise<Answer> {
	if (inputs.length > MAX_BATCH_EVENTS)
		return refusal({ body: [`must hold at most ${MAX_BATCH_EVENTS} events`] });
	const taken = await keepAll(
		inputs.map((input) => judge(input, sender, context)),
		context
	);
	if (!taken.ok) return taken.answer;
	const dropped: { index: number; reason: string; errors?: WireErrors }[] = [];
	taken.verdicts.forEach((verdict, index) => {
		if (!verdict.ok) {
			context.drops.add(0, 'invalid', context.now());
			dropped.push({ index, reason: 'invalid', errors: verdict.errors });
		} else if (verdict.dropped !== null) dropped.push({ index, reason: verdict.dropped });
	});
	return json(202, { accepted: inputs.length - dropped.length, dropped });
}

/**
 * Takes events that another system's request stands for, each as a body of `POST /api/event`. It answers when what
 * was kept is on disk, or with a refusal where nothing can be taken.
 */
export async function takeInputs(
	inputs: readonly unknown[],
	sender: Sender,
	context: IntakeContext
): Promise<Taken> {
	const closed = context.closedBecause();
	if (closed !== null) return { ok: false, answer: unavailable(closed) };
	if (inputs.length > MAX_BATCH_EVENTS)
		return {
			ok: false,
			answer: refusal({ body: [`must hold at most ${MAX_BATCH_EVENTS} events`] })
		};
	if (!mayTake(sender, Math.max(1, inputs.length), context))
		return { ok: false, answer: tooMany() };
	const judged = inputs.map((input) => judge(input, sender, context));
	const isLimited = judged.every((each) => each.ok && each.dropped === 'rate_limit');
	if (judged.length > 0 && isLimited) return { ok: false, answer: tooMany() };
	return keepAll(judged, context);
}

async function keepAll(judged: readonly Judged[], context: IntakeContext): Promise<Taken> {
	const answer = await keep(
		judged.flatMap((each) => (each.ok ? each.lines : [])),
		context
	);
	return answer === null ? { ok: true, verdicts: judged } : { ok: false, answer };
}

function judge(input: unknown, sender: Sender, context: IntakeContext): Judged {
	const parsed = parseWireEvent(input);
	if (!parsed.ok) return parsed;
	const refused = wrongTime(parsed.event, sender, context);
	if (refused !== null) return { ok: false, errors: refused };
	const lines: string[] = [];
	let dropped: DropReason | null = null;
	for (const outcome of enrichEvent(parsed.event, sender, context)) {
		if (outcome.ok && context.siteLimit.take(String(outcome.event.site), 1, context.now()))
			lines.push(JSON.stringify(outcome.event));
		else {
			const site = outcome.ok ? outcome.event.site : (outcome.site?.id ?? 0);
			dropped = outcome.ok ? 'rate_limit' : outcome.reason;
			context.drops.add(site, dropped, context.now());
		}
	}
	return { ok: true, lines, dropped: lines.length > 0 ? null : dropped };
}

/** Whoever is on this machine is its owner, or a proxy that is not trusted to name readers. */
function mayTake({ ip }: Sender, count: number, { addressLimit, now }: IntakeContext): boolean {
	return /^(127\.|::1$)/.test(ip) || addressLimit.take(subscriberOf(ip), count, now());
}

function tooMany(): Answer {
	const answer = json(429, { errors: { body: ['too many events; try again in a second'] } });
	return { ...answer, headers: { ...answer.headers, 'retry-after': '1' } };
}

function wrongTime(
	{ timestamp }: WireEvent,
	{ keySite }: Sender,
	{ now }: IntakeContext
): WireErrors | null {
	if (timestamp === undefined) return null;
	if (keySite === undefined) return { timestamp: ['needs an API key'] };
	if (timestamp < 0) return { timestamp: ['must not be before 1970'] };
	return timestamp > now() + MAX_AHEAD_MS
		? { timestamp: ['must be at most 5 minutes ahead'] }
		: null;
}

/** Waits until the lines are on disk; an answer where that failed. */
async function keep(lines: readonly string[], context: IntakeContext): Promise<Answer | null> {
	if (lines.length === 0) return null;
	try {
		await context.journal.append(lines);
	} catch {
		return unavailable('The journal could not be written.');
	}
	context.onTaken();
	return null;
}

export function refusal(errors: WireErrors): Answer {
	return json(400, { errors });
}

export function noKey(): Answer {
	return json(401, { errors: { authorization: ['is no API key that may send events'] } });
}

export function tooLarge(limit: number): Answer {
	return json(413, { errors: { body: [`must be at most ${limit} bytes`] } });
}

export function unavailable(reason: string): Answer {
	const answer = json(503, { errors: { body: [reason] } });
	return { ...answer, headers: { ...answer.headers, 'retry-after': '10' } };
}

export function json(status: number, body: unknown): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json; charset=utf-8' },
		body: JSON.stringify(body)
	};
}
