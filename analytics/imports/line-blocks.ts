import { withRoom } from '../with-room.ts';

const FIRST_BYTES = 1 << 20;
const NEWLINE = 10;

/** Lines as the bytes that they are stored as: millions of texts would be moved about by the garbage collector. */
export interface LineBlocks {
	readonly add: (line: string) => void;
	readonly count: () => number;
	/** The lines added since the last call, without the last one's end. Its bytes are used again by the call after the next. */
	readonly take: () => Buffer;
}

export function openLineBlocks(): LineBlocks {
	let filled = Buffer.allocUnsafeSlow(FIRST_BYTES);
	let other = Buffer.allocUnsafeSlow(FIRST_BYTES);
	let used = 0;
	let count = 0;

	return {
		add: (line) => {
			filled = withRoom(filled, used, line, 1);
			used += filled.write(line, used);
			filled[used] = NEWLINE;
			used += 1;
			count += 1;
		},
		count: () => count,
		take: () => {
			const block = filled.subarray(0, Math.max(0, used - 1));
			[filled, other] = [other, filled];
			used = 0;
			count = 0;
			return block;
		}
	};
}
