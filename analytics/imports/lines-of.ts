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

/** Lines of a file, whatever they end with (LF, CRLF or both mixed) and without a byte order mark. */
export async function* linesOf(file: ImportFile): AsyncGenerator<readonly FileLine[]> {
	let rest = '';
	let number = 0;
	let last = 0;
	const decoder = new TextDecoder();
	for await (const { bytes, read } of bytesOf(file)) {
		const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
		rest = parts.pop() ?? '';
		last = read;
		if (parts.length > 0)
			yield parts.map((part) => ({
				line: part.endsWith('\r') ? part.slice(0, -1) : part,
				number: (number += 1),
				read
			}));
		if (rest.length > MAX_LINE) rest = rest.slice(0, MAX_LINE + 1);
	}
	rest += decoder.decode();
	if (rest !== '') yield [{ line: rest, number: number + 1, read: last }];
}
