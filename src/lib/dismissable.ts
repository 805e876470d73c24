import type { Attachment } from 'svelte/attachments';

/** Closes an open `<details>` on Escape, on a click elsewhere, when the focus leaves and after following a link. */
export const dismissable: Attachment<HTMLDetailsElement> = (details) => {
	const close = (): void => {
		details.open = false;
	};
	const onPointer = (event: PointerEvent): void => {
		if (event.target instanceof Node && !details.contains(event.target)) close();
	};
	const onKey = (event: KeyboardEvent): void => {
		if (event.key !== 'Escape' || !details.open) return;
		close();
		details.querySelector('summary')?.focus();
	};
	const onFocusOut = (event: FocusEvent): void => {
		if (event.relatedTarget instanceof Node && !details.contains(event.relatedTarget)) close();
	};
	const onClick = (event: MouseEvent): void => {
		if (event.target instanceof Element && event.target.closest('a') !== null) close();
	};
	const onSubmit = (): void => close();
	document.addEventListener('pointerdown', onPointer);
	details.addEventListener('keydown', onKey);
	details.addEventListener('focusout', onFocusOut);
	details.addEventListener('click', onClick);
	details.addEventListener('submit', onSubmit);
	return () => {
		document.removeEventListener('pointerdown', onPointer);
		details.removeEventListener('keydown', onKey);
		details.removeEventListener('focusout', onFocusOut);
		details.removeEventListener('click', onClick);
		details.removeEventListener('submit', onSubmit);
	};
};
