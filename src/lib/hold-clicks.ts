import { beforeNavigate } from '$app/navigation';

/**
 * Holds clicks on links back while a step through the history is on its way: the address is that of the step already, the
 * links are those of the screen before. What was clicked is clicked again once the step is there, if it still is.
 * To be called while a component is set up.
 */
export function holdClicks(): void {
	beforeNavigate(({ type, complete }) => {
		if (type !== 'popstate') return;
		const hold = (event: MouseEvent): void => {
			const link = event.target instanceof Element && event.target.closest('a');
			if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
			event.preventDefault();
			event.stopImmediatePropagation();
			const { textContent, ariaLabel } = link;
			const again = (): void => {
				const isSame = link.textContent === textContent && link.ariaLabel === ariaLabel;
				if (link.isConnected && isSame) link.click();
			};
			complete.then(again, again);
		};
		const over = (): void => removeEventListener('click', hold, true);
		complete.then(over, over);
		addEventListener('click', hold, true);
	});
}
