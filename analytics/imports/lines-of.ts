import { isAscii } from 'node:buffer';
import { bytesOf, type ImportFile } from './import-file.ts';

/** What is longer is no line of a log; of such a line only the beginning is held. */
export const MAX_LINE = 64 * 1024;

export interface FileLine {
	/** Without its end; cut where it is longer than `MAX_LINE`. */
	readonly line: string;
	/** From 1 on. */
	readonly number: number;
	/** Bytes of the file read so far. */
	readonly read: number;
}

const NEWLINE = 10;
const RETURN = 13;
/** More bytes than so many characters can have. */
const HELD_BYTES = 3 * MAX_LINE + 1;

/**
 * Lines of a file, whatever they end with (LF, CRLF or both mixed) and without a byte order mark. Each is a text of its
 * own: parts of one text keep the whole of it in memory for as long as a cache knows one of them.
 */
export async function* linesOf(file: ImportFile): AsyncGenerator<readonly FileLine[]> {
	let rest = Buffer.alloc(0);
	let number = 0;
	let last = 0;
	for await (const { bytes, read } of bytesOf(file)) {
		const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
		const lines: FileLine[] = [];
		let start = 0;
		// The same text for what logs are mostly made of, in a third of the time.
		const encoding = isAscii(all) ? 'latin1' : 'utf8';
		for (let end = all.indexOf(NEWLINE); end !== -1; end = all.indexOf(NEWLINE, start)) {
			lines.push({ line: lineOf(all, encoding, start, end), number: (number += 1), read });
			start = end + 1;
		}
		last = read;
		rest = Buffer.from(all.subarray(start, start + HELD_BYTES));
		if (lines.length > 0) yield withoutMark(lines);
	}
	if (rest.length > 0)
		yield withoutMark([{ line: rest.toString(), number: number + 1, read: last }]);
}

function lineOf(bytes: Buffer, encoding: BufferEncoding, start: number, end: number): string {
	return bytes.toString(encoding, start, end > start && bytes[end - 1] === RETURN ? end - 1 : end);
}

function withoutMark(lines: readonly FileLine[]): readonly FileLine[] {
	const [first, ...others] = lines;
	return first?.number === 1 && first.line.startsWith('\ufeff')
		? [{ ...first, line: first.line.slice(1) }, ...others]
		: lines;
}
