import { botReason } from '../enrich/bot.ts';
import { canonicalPath } from '../posts/canonical-path.ts';
import { digits, parseLogTime } from './log-time.ts';
import { pageKind } from './page-kind.ts';

/** One request, as a combined or common log line of Apache or nginx tells it. */
export interface LogHit {
	/** Address of the client, or its host name where the server logged names. */
	readonly ip: string;
	/** Epoch milliseconds. */
	readonly ts: number;
	/** As sent; empty where the request was not HTTP. */
	readonly method: string;
	/** Path with query, or absolute URL, as sent. */
	readonly target: string;
	/** 0 where the server logged none. */
	readonly status: number;
	readonly referrer: string | undefined;
	readonly userAgent: string | undefined;
	/** False for the common format, which has no field for the User-Agent: then nothing is known of bots. */
	readonly agentLogged: boolean;
}

export type ParsedLogLine =
	{ readonly ok: true; readonly hit: LogHit } | { readonly ok: false; readonly reason: string };

/** Why a hit is no page view. */
export type LogSkip =
	'method' | 'status' | 'bot' | 'no_user_agent' | 'feed' | 'preview' | 'not_a_page';

export type LogPage = { readonly path: string } | { readonly skip: LogSkip };

const SPACE = 32;
const QUOTE = 34;
const DASH = 45;
const BACKSLASH = 92;

/**
 * Reads one line of the combined or common log format, also with a virtual host before the address and with further
 * fields at the end. Never throws.
 */
export function parseLogLine(line: string): ParsedLogLine {
	const text = line.endsWith('\r') ? line.slice(0, -1) : line;
	if (text === '') return failed('empty line');
	let bracket = text.indexOf(' [');
	if (bracket < 1) return failed('no [time]');
	let ts = parseLogTime(text, bracket + 2);
	// A user's name may hold a bracket of its own.
	while (Number.isNaN(ts)) {
		const next = text.indexOf(' [', bracket + 1);
		if (next === -1) return failed(`not a time: ${quoted(text, bracket + 2, 26)}`);
		bracket = next;
		ts = parseLogTime(text, bracket + 2);
	}
	const opening = bracket + 30;
	if (text.charCodeAt(opening) !== QUOTE) return failed('no "request" after the time');
	const closing = closingQuote(text, opening + 1, 'status');
	if (closing === -1) return failed('the request has no closing quote');
	const status = parseStatus(text, closing + 2);
	if (status === -1) return failed(`not a status: ${quoted(text, closing + 2, 3)}`);

	const ip = clientOf(text.slice(0, bracket));
	if (ip === '') return failed('no client address');
	let referrer: string | undefined;
	let userAgent: string | undefined;
	const referrerAt = text.indexOf(' "', closing + 3);
	const agentLogged = referrerAt !== -1;
	if (agentLogged) {
		const referrerEnd = closingQuote(text, referrerAt + 2, 'quote');
		if (referrerEnd === -1) return failed('no "user agent" after the referrer');
		const agentEnd = closingQuote(text, referrerEnd + 3, 'end');
		if (agentEnd === -1) return failed('the user agent has no closing quote');
		referrer = field(text, referrerAt + 2, referrerEnd);
		userAgent = field(text, referrerEnd + 3, agentEnd);
	}

	const request = field(text, opening + 1, closing) ?? '';
	const space = request.indexOf(' ');
	const protocol = request.lastIndexOf(' HTTP/');
	const isRequest = space > 0 && isMethod(request, space);
	return {
		ok: true,
		hit: {
			ip,
			ts,
			method: isRequest ? request.slice(0, space) : '',
			target: isRequest ? request.slice(space + 1, protocol > space ? protocol : undefined) : '',
			status,
			referrer,
			userAgent,
			agentLogged
		}
	};
}

/**
 * The canonical path of the page that a hit viewed, or why it viewed none: a page view is a GET answered 2xx or 304
 * and sent by no bot, for a known post (`isKnownPost` takes a canonical path) or for what looks like a page.
 */
export function pageOf(
	hit: LogHit,
	isKnownPost: (path: string) => boolean,
	keepParams?: readonly string[]
): LogPage {
	if (hit.method !== 'GET') return { skip: 'method' };
	if (hit.status !== 304 && (hit.status < 200 || hit.status > 299)) return { skip: 'status' };
	// First what costs least: most lines of a log are pictures and style sheets.
	const path = canonicalPath(hit.target, { keepParams });
	const kind = pageKind(hit.target, path, isKnownPost(path));
	if (kind !== 'page') return { skip: kind };
	const reason = hit.agentLogged ? botReason(hit.userAgent) : null;
	return reason === null ? { path } : { skip: reason };
}

function failed(reason: string): ParsedLogLine {
	return { ok: false, reason };
}

/** A piece of the line that is safe to print. */
function quoted(text: string, from: number, length: number): string {
	return JSON.stringify(text.slice(from, from + length));
}

/** Three digits, or a dash (a request cut off before an answer), which is 0; -1 where it is neither. */
function parseStatus(text: string, at: number): number {
	if (text[at] === '-') return 0;
	const status = digits(text, at, 3);
	const end = text.charCodeAt(at + 3);
	return Number.isNaN(status) || !(end === SPACE || Number.isNaN(end)) ? -1 : status;
}

/**
 * Where the quoted field ends. Old servers did not escape quotes, so a quote ends the field only where what must
 * follow the field follows it.
 */
function closingQuote(text: string, from: number, follows: 'status' | 'quote' | 'end'): number {
	for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
		if (isEscaped(text, at, from)) continue;
		const next = text.charCodeAt(at + 1);
		if (follows === 'end' && (next === SPACE || Number.isNaN(next))) return at;
		if (next !== SPACE) continue;
		const after = text.charCodeAt(at + 2);
		if (follows === 'quote' ? after === QUOTE : after === DASH || isDigit(after)) return at;
	}
	return -1;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

function isEscaped(text: string, at: number, from: number): boolean {
	let slashes = 0;
	while (at - 1 - slashes >= from && text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
	return slashes % 2 === 1;
}

/** The client among `[host] client ident user`; a user's name may hold spaces, and a proxy may list addresses. */
function clientOf(prefix: string): string {
	const space = prefix.indexOf(' ');
	const first = space === -1 ? prefix : prefix.slice(0, space);
	if (space === -1 || isAddress(first)) return first;
	if (first.endsWith(',')) return first.slice(0, -1);
	const end = prefix.indexOf(' ', space + 1);
	const second = prefix.slice(space + 1, end === -1 ? undefined : end);
	return isAddress(second) ? second : first;
}

function isAddress(text: string): boolean {
	return /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%\w+)?)$/.test(
		text
	);
}

function isMethod(request: string, length: number): boolean {
	for (let i = 0; i < length; i++) {
		const code = request.charCodeAt(i);
		if (!((code >= 65 && code <= 90) || code === 45 || code === 95)) return false;
	}
	return true;
}

function field(text: string, from: number, to: number): string | undefined {
	const raw = text.slice(from, to);
	if (raw === '-' || raw === '') return undefined;
	return raw.includes('\\') ? unescapeField(raw) : raw;
}

const ESCAPES: Readonly<Record<string, string>> = {
	n: '\n',
	r: '\r',
	t: '\t',
	b: '\b',
	f: '\f',
	v: '\v'
};

/** Undoes what Apache and nginx escape; neighbouring `\xHH` are the bytes of UTF-8 text. */
function unescapeField(raw: string): string {
	return raw.replace(/(?:\\x[0-9A-Fa-f]{2})+|\\(.)/g, (match, single: string | undefined) =>
		single === undefined
			? Buffer.from(match.replaceAll('\\x', ''), 'hex').toString('utf8')
			: (ESCAPES[single] ?? single)
	);
}
