/** Brings something up to date, however often that is asked, one at a time and with a pause after each. */
export interface Refresher {
	readonly ask: () => void;
	/** Milliseconds since the last refresh began, or since the start. */
	readonly idleMs: () => number;
	/** Forgets what was asked and has not begun. */
	readonly rest: () => void;
}

const LEAST_PAUSE_MS = 1_000;
/** What takes long is done seldom: a reader who looks on must not keep the server busy. */
const PAUSE_FACTOR = 5;

export function openRefresher(
	refresh: () => Promise<void>,
	clock: () => number = () => performance.now()
): Refresher {
	let startedAt = clock();
	let isBusy = false;
	let isAsked = false;

	function ask(): void {
		isAsked = true;
		if (!isBusy) void run();
	}

	async function run(): Promise<void> {
		isBusy = true;
		isAsked = false;
		startedAt = clock();
		await refresh().catch(() => undefined);
		const pause = Math.max(LEAST_PAUSE_MS, (clock() - startedAt) * PAUSE_FACTOR);
		setTimeout(() => {
			isBusy = false;
			if (isAsked) void run();
		}, pause);
	}

	return {
		ask,
		idleMs: () => clock() - startedAt,
		rest: () => {
			isAsked = false;
		}
	};
}
