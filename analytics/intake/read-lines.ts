import { open } from 'node:fs/promises';
import { parseLine, salvageLines } from './journal-line.ts';
import type { DamagedLine } from './quarantine.ts';

const NEWLINE = 10;

/** Lines of a part of a segment. */
export interface Lines {
	readonly lines: readonly string[];
	readonly bytes: number;
	readonly damaged: readonly DamagedLine[];
}

/** Reads whole lines from `start` on, about `budget` bytes of them and none beyond `end`. */
export async function readLines(
	path: string,
	start: number,
	end: number,
	budget: number
): Promise<Lines> {
	const handle = await open(path);
	try {
		let length = Math.min(budget, end - start);
		for (;;) {
			const buffer = Buffer.allocUnsafe(length);
			const { bytesRead } = await handle.read(buffer, 0, length, start);
			const read = buffer.subarray(0, bytesRead);
			const last = read.lastIndexOf(NEWLINE);
			if (last < 0 && start + length < end) {
				length = Math.min(length * 2, end - start);
				continue;
			}
			// Without any newline up to the end of a segment, all of it is one damaged line.
			return splitLines(last < 0 ? read : read.subarray(0, last + 1), start);
		}
	} finally {
		await handle.close();
	}
}

function splitLines(bytes: Buffer, offset: number): Lines {
	const lines: string[] = [];
	const damaged: DamagedLine[] = [];
	let from = 0;
	while (from < bytes.length) {
		const newline = bytes.indexOf(NEWLINE, from);
		const line = bytes.subarray(from, newline < 0 ? bytes.length : newline);
		const json = newline < 0 ? null : parseLine(line);
		if (json === null) {
			lines.push(...salvageLines(line));
			damaged.push({ offset: offset + from, bytes: line });
		} else lines.push(json);
		from += line.length + 1;
	}
	return { lines, bytes: bytes.length, damaged };
}
