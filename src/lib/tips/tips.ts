import type { Attachment } from 'svelte/attachments';

const STARTS = ['pointerover', 'pointerdown', 'focusin'] as const;

/** Tooltips for everything below; their code comes with the first thing that is pointed at or focused. */
export const tips: Attachment<HTMLElement> = (root) => {
	let stop: (() => void) | undefined;
	let gone = false;
	const start = (event: Event): void => {
		if (!(event.target instanceof Element)) return;
		if (event.target.closest('[data-tip], [data-metric], [data-term], [title]') === null) return;
		unlisten();
		void import('#lib/tips/follow.ts').then(
			({ follow }) => {
				if (!gone) stop = follow(root, event);
			},
			() => undefined
		);
	};
	const unlisten = (): void => {
		for (const type of STARTS) root.removeEventListener(type, start);
	};
	for (const type of STARTS) root.addEventListener(type, start, { passive: true });
	return () => {
		gone = true;
		unlisten();
		stop?.();
	};
};
