import type { Attachment } from 'svelte/attachments';

/** Scrolls the strip of links that a link stands in sideways until the link is in its middle, where there is room. */
export const intoView: Attachment<HTMLElement> = (link) => {
	const strip = link.closest('nav');
	if (strip) strip.scrollLeft = link.offsetLeft - strip.clientWidth / 2 + link.offsetWidth / 2;
};
