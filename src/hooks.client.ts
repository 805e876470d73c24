import type { ClientInit } from '@sveltejs/kit';

/** Longest wait for a frame; a page in the background gets none. */
const MOST_MS = 300;

/** What the server drew is painted before any component takes it over, which keeps a slow phone busy for a while. */
export const init: ClientInit = () =>
	new Promise((resolve) => {
		requestAnimationFrame(() => setTimeout(resolve));
		setTimeout(resolve, MOST_MS);
	});
