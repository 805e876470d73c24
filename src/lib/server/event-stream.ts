/** What is told next, until it is over. */
export interface Told {
	readonly next: () => Promise<unknown>;
	readonly leave: () => void;
}

export const EVENT_STREAM = {
	'content-type': 'text/event-stream; charset=utf-8',
	'cache-control': 'no-store, no-transform',
	// Asks nginx and its like not to collect what must arrive at once.
	'x-accel-buffering': 'no'
} as const;

/** A browser that lost the stream asks again after this time. */
const RETRY_MS = 1_000;

/** Server-sent events, one for each value told; null ends them. A slow reader holds back nothing but itself. */
export function eventStream(told: Told): Response {
	const encoder = new TextEncoder();
	let head = `retry: ${RETRY_MS}\n`;
	const body = new ReadableStream<Uint8Array>(
		{
			pull: async (controller) => {
				const value = await told.next();
				if (value === null) controller.close();
				else controller.enqueue(encoder.encode(`${head}data: ${JSON.stringify(value)}\n\n`));
				head = '';
			},
			cancel: () => told.leave()
		},
		{ highWaterMark: 0 }
	);
	return new Response(body, { headers: EVENT_STREAM });
}
