import { get, type IncomingMessage } from 'node:http';

export interface Listening {
	readonly response: IncomingMessage;
	/** Waits until something was told that fits. */
	readonly heard: (fits: (told: unknown) => boolean) => Promise<unknown>;
	readonly ended: Promise<void>;
}

/** An open stream; each one is a connection of its own, as each tab's is. */
export const listen = (address: string, cookie: string): Promise<Listening> =>
	new Promise((resolve, reject) => {
		const headers = { cookie, accept: 'text/event-stream', 'accept-encoding': 'gzip, br' };
		get(address, { agent: false, headers }, (response) => {
			const told: unknown[] = [];
			const waiting = new Set<() => void>();
			response.setEncoding('utf8').on('data', (text: string) => {
				for (const [, data] of text.matchAll(/^data: (.*)$/gm)) told.push(JSON.parse(data ?? ''));
				for (const look of waiting) look();
			});
			resolve({
				response,
				ended: new Promise((end) => response.on('close', () => end())),
				heard: (fits) =>
					new Promise((give) => {
						const look = (): void => {
							const found = told.find(fits);
							if (found === undefined) return;
							waiting.delete(look);
							give(found);
						};
						waiting.add(look);
						look();
					})
			});
		}).on('error', reject);
	});

/** The newest event that a stream told of. */
export const newestOf = (told: unknown): number =>
	typeof told === 'object' && told !== null && 'newest' in told ? Number(told.newest) : 0;
