import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';
import { JOBS } from '#lib/live.ts';
import { whileVisible } from '#lib/while-visible.ts';

const EVERY_MS = 1_000;

/** Keeps work that goes on up to date while the page is looked at. */
export function followJobs() {
	return whileVisible(() => {
		let asking = false;
		const timer = setInterval(() => {
			if (asking || navigating.to !== null) return;
			asking = true;
			void invalidate(JOBS).finally(() => (asking = false));
		}, EVERY_MS);
		return () => clearInterval(timer);
	});
}
