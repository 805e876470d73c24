import type { Attachment } from 'svelte/attachments';

/** Calls `refresh` every so many milliseconds while the page is looked at. */
export function whileVisible(everyMs: number, refresh: () => void): Attachment {
	return () => {
		const timer = setInterval(() => {
			if (document.visibilityState === 'visible') refresh();
		}, everyMs);
		return () => clearInterval(timer);
	};
}
