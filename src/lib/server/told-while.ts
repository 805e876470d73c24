import type { Told } from './event-stream.ts';

/** What no longer holds is noticed within this time. */
const LOOK_MS = 3_000;

/** The same as is told, for as long as `holds` says yes; where that cannot be said, it is over too. */
export function toldWhile(told: Told, holds: () => Promise<boolean>): Told {
	let asking = false;
	const timer = setInterval(() => void look(), LOOK_MS);
	timer.unref();

	function leave(): void {
		clearInterval(timer);
		told.leave();
	}

	async function look(): Promise<void> {
		if (asking) return;
		asking = true;
		if (!(await holds().catch(() => false))) leave();
		asking = false;
	}

	return {
		next: async () => {
			const value = await told.next();
			if (value === null) clearInterval(timer);
			return value;
		},
		leave
	};
}
