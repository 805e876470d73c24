import { crc32 } from 'node:zlib';
import { withRoom } from '../with-room.ts';
import { HEAD_LENGTH, writeHead } from './journal-line.ts';

const FIRST_BYTES = 64 * 1024;
const NEWLINE = 10;
/** A larger one is given back. */
const MOST_KEPT = 1024 * 1024;

/** Journal lines one behind the other, as bytes. */
export interface LineBuffer {
	/** Adds a JSON text as a line. */
	readonly add: (json: string) => void;
	readonly isEmpty: () => boolean;
	/** All lines; valid until `clear`. */
	readonly bytes: () => Buffer;
	readonly clear: () => void;
}

export function openLineBuffer(): LineBuffer {
	let buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
	let used = 0;

	return {
		add: (json) => {
			buffer = withRoom(buffer, used, json, HEAD_LENGTH + 1);
			const start = used + HEAD_LENGTH;
			const end = start + buffer.write(json, start);
			writeHead(buffer, used, crc32(buffer.subarray(start, end)));
			buffer[end] = NEWLINE;
			used = end + 1;
		},
		isEmpty: () => used === 0,
		bytes: () => buffer.subarray(0, used),
		clear: () => {
			used = 0;
			if (buffer.length > MOST_KEPT) buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
		}
	};
}
