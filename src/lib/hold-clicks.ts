import { beforeNavigate } from '$app/navigation';
import { on } from 'svelte/events';

const nameOf = (link: Element): string =>
	`${link.getAttribute('aria-label') ?? ''}\n${link.textContent}`;

/**
 * Holds clicks on links back while a step through the history is on its way: the address is that of the step already, the
 * links are those of the screen before. What was clicked is clicked again once the step is there, if it still is.
 * To be called while a component is set up; answers what to attach to the body.
 */
export function holdClicks(): (body: HTMLElement) => () => void {
	let step: Promise<void> | null = null;
	beforeNavigate(({ type, complete }) => {
		if (type !== 'popstate') return;
		const own = complete
			.catch(() => undefined)
			.finally(() => {
				if (step === own) step = null;
			});
		step = own;
	});
	return (body) =>
		on(
			body,
			'click',
			(event) => {
				const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
				const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
				if (step === null || !(link instanceof HTMLElement) || !plain) return;
				event.preventDefault();
				event.stopPropagation();
				const name = nameOf(link);
				void step.then(() => {
					if (link.isConnected && nameOf(link) === name) link.click();
				});
			},
			{ capture: true }
		);
}
