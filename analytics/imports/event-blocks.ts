import type { EventBlock } from '../stores/import-store.ts';
import { withRoom } from '../with-room.ts';
import type { ImportedEvent } from './event-source.ts';

const FIRST_BYTES = 1 << 20;
const NEWLINE = 10;

/** Events as the bytes that the store takes: millions of texts would be moved about by the garbage collector. */
export interface EventBlocks {
	/** @param importLine 16 hexadecimal digits. */
	readonly add: (event: ImportedEvent, importLine: string) => void;
	readonly count: () => number;
	/** The events added since the last call. Its bytes are used again by the call after the next. */
	readonly take: (through: number) => EventBlock;
}

export function openEventBlocks(): EventBlocks {
	let filled = Buffer.allocUnsafeSlow(FIRST_BYTES);
	let other = Buffer.allocUnsafeSlow(FIRST_BYTES);
	let used = 0;
	let count = 0;
	let origins = new Map<string, number>();
	let clients = new Map<string, number>();

	return {
		add: (event, importLine) => {
			const { ts, day, hour, visitor, name, page } = event;
			const origin = placeOf(event.origin, origins);
			const client = placeOf(event.client, clients);
			const line = `{"importLine":"${importLine}","ts":${ts},"day":"${day}","hour":${hour},"visitor":"${visitor}","name":${JSON.stringify(name)},"page":${JSON.stringify(page)},"origin":${origin},"client":${client}}`;
			filled = withRoom(filled, used, line, 1);
			used += filled.write(line, used);
			filled[used] = NEWLINE;
			used += 1;
			count += 1;
		},
		count: () => count,
		take: (through) => {
			const block = {
				lines: filled.subarray(0, Math.max(0, used - 1)),
				origins: [...origins.keys()],
				clients: [...clients.keys()],
				through
			};
			[filled, other] = [other, filled];
			origins = new Map();
			clients = new Map();
			used = 0;
			count = 0;
			return block;
		}
	};
}

function placeOf(text: string, places: Map<string, number>): number {
	const known = places.get(text);
	if (known !== undefined) return known;
	places.set(text, places.size + 1);
	return places.size;
}
