/** How a site tells its pages apart. */
export interface CanonicalPathOptions {
	/** Query parameters that name content and stay, such as `p` in `?p=12`. All others are dropped. */
	readonly keepParams?: readonly string[] | undefined;
}

/** What WordPress calls a page that has no address of its own. */
export const DEFAULT_KEEP_PARAMS: readonly string[] = ['p', 'page_id'];
const MAX_LENGTH = 2048;

/** Characters that stand for themselves in a path segment (RFC 3986 `pchar`). */
const PATH_CHARACTERS = asciiTable("-._~!$&'()*+,;=:@/");
/** Characters that stand for themselves in a parameter's name or value. */
const PARAMETER_CHARACTERS = asciiTable('-._~');
const HEX = '0123456789ABCDEF';
const ENCODER = new TextEncoder();

/**
 * The canonical path of a page, given its URL or a path with or without a query: always ASCII, beginning with `/`, at
 * most 2,048 characters. Host, fragment and all parameters but the kept ones are dropped, dot segments resolved,
 * duplicate and trailing slashes and `index.html` folded, percent-encoding normalised, control characters removed;
 * letter case and `.html` stay. The same again when applied twice; never throws.
 */
export function canonicalPath(url: string | URL, options?: CanonicalPathOptions): string {
	const text = typeof url === 'string' ? url : url.pathname + url.search;
	if (isPlain(text)) return text;
	const local = withoutHost(clean(text));
	const fragment = local.indexOf('#');
	const target = fragment === -1 ? local : local.slice(0, fragment);
	const mark = target.indexOf('?');
	const rawPath = mark === -1 ? target : target.slice(0, mark);
	const path = isPlain(rawPath) ? rawPath : foldPath(rawPath);
	if (mark === -1) return path;
	const query = keptQuery(target.slice(mark + 1), options?.keepParams ?? DEFAULT_KEEP_PARAMS);
	const whole = query === '' ? path : `${path}?${query}`;
	return whole.length > MAX_LENGTH ? path : whole;
}

/** True for the usual path, which is canonical as it stands. */
function isPlain(text: string): boolean {
	const length = text.length;
	if (length === 0 || length > MAX_LENGTH || text.charCodeAt(0) !== 47) return false;
	let previous = 0;
	for (let i = 0; i < length; i++) {
		const code = text.charCodeAt(i);
		if (code > 126 || PATH_CHARACTERS[code] === 0) return false;
		// A slash or a dot after a slash may have to be folded.
		if (previous === 47 && (code === 47 || code === 46)) return false;
		previous = code;
	}
	return length === 1 || (previous !== 47 && !text.endsWith('/index.html'));
}

function clean(text: string): string {
	if (/^[!-~]*$/.test(text)) return text;
	return text
		.toWellFormed()
		.replace(/\p{Cc}/gu, '')
		.trim();
}

function withoutHost(text: string): string {
	const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#\\]*/.exec(text);
	return scheme === null ? text : text.slice(scheme[0].length);
}

function foldPath(path: string): string {
	let folded = foldSegments(encode(path.replaceAll('\\', '/'), PATH_CHARACTERS));
	while (folded.length > MAX_LENGTH) {
		folded = foldSegments(folded.slice(0, MAX_LENGTH).replace(/%[0-9A-F]?$/, ''));
	}
	return folded;
}

function foldSegments(path: string): string {
	const kept: string[] = [];
	for (const segment of path.split('/')) {
		if (segment === '..') kept.pop();
		else if (segment !== '' && segment !== '.') kept.push(segment);
	}
	while (kept.at(-1) === 'index.html') kept.pop();
	return `/${kept.join('/')}`;
}

function keptQuery(query: string, keep: readonly string[]): string {
	const wanted = keep.map(encodeParameter);
	const kept = new Map<string, string>();
	for (const pair of query.split('&')) {
		const equals = pair.indexOf('=');
		if (equals < 1) continue;
		const name = encodeParameter(pair.slice(0, equals));
		if (!wanted.includes(name)) continue;
		const value = encodeParameter(pair.slice(equals + 1));
		if (value !== '') kept.set(name, value);
	}
	return [...kept.keys()]
		.sort()
		.map((name) => `${name}=${kept.get(name) ?? ''}`)
		.join('&');
}

function encodeParameter(text: string): string {
	if (/^[\w.~-]*$/.test(text)) return text;
	return encode(text.replaceAll('+', ' '), PARAMETER_CHARACTERS);
}

/** Writes every byte the one way the table asks for; a percent sign that begins no valid pair is itself encoded. */
function encode(text: string, plain: Uint8Array): string {
	const bytes = ENCODER.encode(text);
	let encoded = '';
	for (let i = 0; i < bytes.length; i++) {
		let byte = bytes[i] ?? 0;
		if (byte === 37) {
			const high = hexValue(bytes[i + 1]);
			const low = hexValue(bytes[i + 2]);
			if (high !== -1 && low !== -1) {
				byte = high * 16 + low;
				i += 2;
				// An encoded slash is part of a name, not a separator.
				if (byte === 47) {
					encoded += '%2F';
					continue;
				}
			}
		}
		if (byte < 32 || byte === 127) continue;
		encoded +=
			plain[byte] === 1
				? String.fromCharCode(byte)
				: `%${HEX.charAt(byte >> 4)}${HEX.charAt(byte & 15)}`;
	}
	return encoded;
}

function hexValue(code: number | undefined): number {
	if (code === undefined) return -1;
	if (code >= 48 && code <= 57) return code - 48;
	const letter = code | 32;
	return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function asciiTable(marks: string): Uint8Array {
	const table = new Uint8Array(256);
	for (let code = 33; code < 127; code++) {
		const character = String.fromCharCode(code);
		if (/[A-Za-z0-9]/.test(character) || marks.includes(character)) table[code] = 1;
	}
	return table;
}
