import { parseUmami, umamiBody, umamiSession, type UmamiHit } from '../events/umami.ts';
import { normaliseDomain } from '../events/wire.ts';
import type { Site } from '../posts/site.ts';
import { localDay } from '../time/local.ts';
import type { Sender } from './enrich-event.ts';
import { json, takeInputs, type Answer, type IntakeContext, type Verdict } from './intake.ts';
import { sentenceOf } from './take-gif.ts';

/** Takes Umami's `POST /api/send`. */
export async function takeUmami(
	body: string,
	sender: Sender,
	context: IntakeContext
): Promise<Answer> {
	const input = parseJson(body);
	if (input === undefined) return problem(400, 'body is not valid JSON');
	const taken = await takeItems([input], sender, context);
	if (!taken.ok) return taken.answer;
	const [reply] = taken.replies;
	return reply === undefined ? problem(400, 'body is empty') : json(reply.status, reply.body);
}

/** Takes Umami's `POST /api/batch`: a list of what `/api/send` takes. */
export async function takeUmamiBatch(
	body: string,
	sender: Sender,
	context: IntakeContext
): Promise<Answer> {
	const inputs = parseJson(body);
	if (!Array.isArray(inputs)) return problem(400, 'body must be a JSON array');
	const taken = await takeItems(inputs, sender, context);
	if (!taken.ok) return taken.answer;
	const details = taken.replies.flatMap((reply, index) =>
		reply.status === 200 ? [] : [{ index, response: reply.body }]
	);
	const cache = taken.replies.map((reply) => reply.cache).find((known) => known !== undefined);
	return json(200, {
		size: inputs.length,
		processed: inputs.length - details.length,
		errors: details.length,
		details,
		cache: cache ?? null
	});
}

interface Reply {
	readonly status: number;
	readonly body: unknown;
	readonly cache?: string;
}

type Item =
	| { readonly ok: true; readonly hit: UmamiHit; readonly site: Site | undefined }
	| { readonly ok: false; readonly message: string };

async function takeItems(
	inputs: readonly unknown[],
	from: Sender,
	context: IntakeContext
): Promise<
	| { readonly ok: true; readonly replies: readonly Reply[] }
	| { readonly ok: false; readonly answer: Answer }
> {
	const sender = senderOf(from);
	const items = inputs.map((input): Item => {
		const parsed = parseUmami(input);
		return parsed.ok ? { ...parsed, site: siteOfHit(parsed.hit, context) } : parsed;
	});
	const bodies = new Map<Item, unknown>();
	for (const item of items)
		if (item.ok && item.hit.counts)
			bodies.set(item, umamiBody(item.hit, item.site?.domain ?? nameOf(item.hit)));
	const taken = await takeInputs([...bodies.values()], sender, context);
	if (!taken.ok) return { ok: false, answer: inUmamiForm(taken.answer) };
	const verdicts = new Map([...bodies.keys()].map((item, at) => [item, taken.verdicts[at]]));
	return {
		ok: true,
		replies: items.map((item) => replyTo(item, verdicts.get(item), sender, context))
	};
}

function replyTo(
	item: Item,
	verdict: Verdict | undefined,
	sender: Sender,
	context: IntakeContext
): Reply {
	if (!item.ok) return wrong(item.message);
	if (item.site === undefined) return wrong('Website not found: no site has this id or hostname.');
	if (verdict !== undefined && !verdict.ok) return wrong(sentenceOf(verdict.errors));
	if (
		verdict?.dropped === 'bot' ||
		verdict?.dropped === 'no_user_agent' ||
		verdict?.dropped === 'privacy_signal'
	)
		return { status: 200, body: { beep: 'boop' } };
	if (verdict?.dropped === 'bad_url') return wrong('payload.url is not the address of a page');
	if (verdict?.dropped === 'rate_limit')
		return { status: 429, body: errorBody(429, 'too many events; try again in a second') };
	const { ip, userAgent = '' } = sender;
	const day = localDay(item.site.zone, context.now());
	const visitor = context.visitors.identify(item.site.id, day, { ip, userAgent });
	const session = umamiSession(visitor);
	return { status: 200, body: session, cache: session.cache };
}

/** The website's id decides, as it does in Umami; a host that Byline knows does where the id is unknown. */
function siteOfHit({ website, hostname }: UmamiHit, context: IntakeContext): Site | undefined {
	const byId = website === undefined ? undefined : context.siteOf(website);
	return byId ?? (hostname === undefined ? undefined : context.siteOf(normaliseDomain(hostname)));
}

function nameOf({ website, hostname }: UmamiHit): string {
	return hostname ?? website ?? '-';
}

/**
 * Umami's client for Node names itself `Umami/<version of Node>` unless it is given a reader's User-Agent. It sends
 * from the site's own server, on purpose, so no rule about bots may take it for one.
 */
function senderOf(sender: Sender): Sender {
	const isClient = /^Mozilla\/5\.0 Umami\/[\w.+-]{1,40}$/.test(sender.userAgent ?? '');
	return isClient ? { ...sender, isServerSide: true } : sender;
}

function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

const CODES: Readonly<Record<number, string>> = {
	400: 'bad-request',
	413: 'too-large',
	429: 'too-many-requests',
	503: 'unavailable'
};

function errorBody(status: number, message: string): unknown {
	return { error: { message, code: CODES[status] ?? 'error', status } };
}

function wrong(message: string): Reply {
	return { status: 400, body: errorBody(400, message) };
}

function problem(status: number, message: string): Answer {
	return json(status, errorBody(status, message));
}

const MESSAGES: Readonly<Record<number, string>> = {
	400: 'the batch holds too many events',
	429: 'too many events; try again in a second',
	503: 'no event can be taken right now'
};

function inUmamiForm({ status, headers }: Answer): Answer {
	const answer = problem(status, MESSAGES[status] ?? 'the request was refused');
	return { ...answer, headers: { ...headers, ...answer.headers } };
}
