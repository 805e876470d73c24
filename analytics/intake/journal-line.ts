import { crc32 } from 'node:zlib';

const CHECKSUM_LENGTH = 8;
/** Of the checksum and the space behind it. */
export const HEAD_LENGTH = CHECKSUM_LENGTH + 1;
const SPACE = 32;
const DIGITS = Buffer.from('0123456789abcdef');

/** How many line ends are tried for one beginning inside of damage. */
const LOOK_AHEAD = 8;

/** Eight hexadecimal digits of CRC-32, a space, the JSON text and a newline. */
export function encodeLine(json: string): string {
	return `${hex(crc32(json))} ${json}\n`;
}

/** Writes what stands before a JSON text with that checksum. */
export function writeHead(into: Buffer, offset: number, checksum: number): void {
	for (let digit = CHECKSUM_LENGTH - 1, rest = checksum; digit >= 0; digit -= 1, rest >>>= 4)
		into[offset + digit] = DIGITS[rest & 15] ?? 0;
	into[offset + CHECKSUM_LENGTH] = SPACE;
}

/** The JSON text of a line without its newline, or null where the checksum does not fit. */
export function parseLine(line: Buffer): string | null {
	const json = line.subarray(HEAD_LENGTH);
	const isIntact = json.length > 0 && headOf(line) === hex(crc32(json));
	return isIntact ? json.toString('utf8') : null;
}

/** The site of an event's JSON, which its id alone comes before; null where that is damaged. */
export function siteOfLine(json: string): number | null {
	const site = /^\{"id":"[\w-]*","site":(\d+),/.exec(json)?.[1];
	return site === undefined ? null : Number(site);
}

/**
 * Whether what is left of a line may be a site's: it names that one, or none any more. A reader cannot name one: quotes
 * in text are escaped.
 */
export function mayBeOf(site: number, line: string): boolean {
	const named = [...line.matchAll(/"site":(\d+),/g)].map(([, id]) => Number(id));
	return named.length === 0 || named.includes(site);
}

/**
 * Intact lines inside one that is damaged: a newline that was hit joins two lines, and neither has to be lost for
 * that.
 */
export function salvageLines(damaged: Buffer): readonly string[] {
	const starts = lineStarts(damaged);
	const lines: string[] = [];
	let free = 0;
	for (const [index, start] of starts.entries()) {
		if (start < free) continue;
		const later = starts.slice(index + 1, index + 1 + LOOK_AHEAD).map((next) => next - 1);
		const end = [...later, damaged.length].find((end) => holdsJson(damaged.subarray(start, end)));
		if (end === undefined) continue;
		lines.push(damaged.toString('utf8', start + HEAD_LENGTH, end));
		free = end + 1;
	}
	return lines;
}

/** Where a line could begin: eight hexadecimal digits and a space. */
function lineStarts(bytes: Buffer): readonly number[] {
	const starts: number[] = [];
	for (
		let space = bytes.indexOf(SPACE, CHECKSUM_LENGTH);
		space >= 0;
		space = bytes.indexOf(SPACE, space + 1)
	) {
		const start = space - CHECKSUM_LENGTH;
		if (/^[0-9a-f]{8}$/.test(headOf(bytes.subarray(start)))) starts.push(start);
	}
	return starts;
}

/** A reader could put the likeness of a line into an event: only what is JSON by itself counts. */
function holdsJson(line: Buffer): boolean {
	const json = parseLine(line);
	if (json === null) return false;
	try {
		JSON.parse(json);
		return true;
	} catch {
		return false;
	}
}

function headOf(line: Buffer): string {
	return line[CHECKSUM_LENGTH] === SPACE ? line.toString('latin1', 0, CHECKSUM_LENGTH) : '';
}

function hex(checksum: number): string {
	return checksum.toString(16).padStart(CHECKSUM_LENGTH, '0');
}
