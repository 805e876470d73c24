import type { Attachment } from 'svelte/attachments';

/** Runs `start` whenever the page comes to be looked at, and what it returns when it no longer is. */
export function whileVisible(start: () => () => void): Attachment {
	return () => {
		let stop: (() => void) | undefined;
		const follow = (): void => {
			if (document.visibilityState === 'visible') stop ??= start();
			else {
				stop?.();
				stop = undefined;
			}
		};
		follow();
		document.addEventListener('visibilitychange', follow);
		return () => {
			document.removeEventListener('visibilitychange', follow);
			stop?.();
		};
	};
}
