const HOUR_MS = 3_600_000;

/** Tells whether something happens for the first time within an hour of the clock; a server that starts anew forgets. */
export function openFirstThisHour(now: () => number): (key: string) => boolean {
	let hour = -1;
	let seen = new Set<string>();
	return (key) => {
		const running = Math.floor(now() / HOUR_MS);
		if (running !== hour) seen = new Set();
		hour = running;
		if (seen.has(key)) return false;
		seen.add(key);
		return true;
	};
}
