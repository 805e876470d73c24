import { flushSync, mount, unmount } from 'svelte';
import Tip from '#lib/tips/Tip.svelte';
import { placeTip } from '#lib/tips/place.ts';
import { tipOf } from '#lib/tips/tip-of.ts';

const ID = 'tip';
const REST_MS = 250;
const LEAVE_MS = 150;
const PRESS_MS = 450;
const PRESSABLE = 'a, button, summary, label, input, select, textarea';

/** What an event is about: the card before the figure in it. */
function hostOf(target: EventTarget | null): HTMLElement | null {
	if (!(target instanceof Element)) return null;
	return (
		target.closest<HTMLElement>('[data-tip]') ??
		target.closest<HTMLElement>('[data-metric], [data-term], [title]')
	);
}

/**
 * Shows one tooltip at a time: on rest, on focus by keyboard, on a tap, on a long press of a link. Escape, leaving,
 * scrolling and a click close it; it stays while the pointer is on it (WCAG 2.2, 1.4.13).
 */
export function follow(root: HTMLElement, first: Event): () => void {
	let host: HTMLElement | null = null;
	let close: (() => void) | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let pressed = false;

	const hide = (): void => {
		clearTimeout(timer);
		close?.();
		close = null;
		host = null;
	};
	const show = (next: HTMLElement): void => {
		clearTimeout(timer);
		if (next === host) return;
		hide();
		const opened = open(root, next);
		if (opened === null) return;
		host = next;
		close = opened;
	};
	const later = (ms: number, act: () => void): void => {
		clearTimeout(timer);
		timer = setTimeout(act, ms);
	};

	const onOver = (event: PointerEvent): void => {
		if (event.pointerType === 'touch') return;
		if (event.target instanceof Element && event.target.closest(`#${ID}`) !== null) {
			clearTimeout(timer);
			return;
		}
		const next = hostOf(event.target);
		if (next !== null && next === host) clearTimeout(timer);
		else if (next !== null) later(host === null ? REST_MS : LEAVE_MS, () => show(next));
		else later(LEAVE_MS, hide);
	};
	const onFocus = ({ target }: { readonly target: EventTarget | null }): void => {
		const next = hostOf(target);
		if (next !== null && target instanceof Element && target.matches(':focus-visible')) show(next);
		else if (host !== null) hide();
	};
	const onDown = (event: PointerEvent): void => {
		pressed = false;
		const next = hostOf(event.target);
		if (event.pointerType !== 'touch') hide();
		else if (next === null) hide();
		else
			later(PRESS_MS, () => {
				pressed = true;
				show(next);
			});
	};
	const onUp = (event: PointerEvent): void => {
		if (event.pointerType !== 'touch' || pressed) return;
		clearTimeout(timer);
		const next = hostOf(event.target);
		if (next !== null && event.type === 'pointerup' && next.closest(PRESSABLE) === null) show(next);
	};
	const onClick = (event: MouseEvent): void => {
		if (pressed) {
			event.preventDefault();
			event.stopPropagation();
			pressed = false;
		}
	};
	const onMenu = (event: Event): void => {
		if (pressed) event.preventDefault();
	};
	const onKey = (event: KeyboardEvent): void => {
		if (event.key === 'Escape') hide();
	};
	const onScroll = (): void => {
		// The keyboard leads to figures out of view: the tooltip comes along.
		if (host?.contains(document.activeElement)) stand(host);
		else if (host !== null) hide();
	};

	const listening = new AbortController();
	const { signal } = listening;
	const passive = { passive: true, signal };
	root.addEventListener('pointerover', onOver, passive);
	root.addEventListener('pointerleave', () => later(LEAVE_MS, hide), passive);
	root.addEventListener('focusin', onFocus, passive);
	root.addEventListener('focusout', hide, passive);
	root.addEventListener('pointerdown', onDown, passive);
	root.addEventListener('pointerup', onUp, passive);
	root.addEventListener('pointercancel', onUp, passive);
	root.addEventListener('click', onClick, { capture: true, signal });
	root.addEventListener('contextmenu', onMenu, { signal });
	document.addEventListener('keydown', onKey, passive);
	document.addEventListener('scroll', onScroll, { ...passive, capture: true });

	// The focus may have gone on while this was loaded.
	if (first instanceof FocusEvent) onFocus({ target: document.activeElement });
	else if (first instanceof PointerEvent && first.type === 'pointerover') onOver(first);
	return () => {
		listening.abort();
		hide();
	};
}

/** Draws the tooltip of an element and answers what takes it away; null where there is nothing to say. */
function open(root: HTMLElement, host: HTMLElement): (() => void) | null {
	const tip = host.isConnected ? tipOf(host) : null;
	if (tip === null) return null;
	const drawn = mount(Tip, { target: root, props: { tip, id: ID } });
	flushSync();
	document.getElementById(ID)?.showPopover();
	stand(host);
	const untitle = withoutTitles(host);
	const undescribe = describedBy(host);
	return () => {
		untitle();
		undescribe();
		void unmount(drawn);
	};
}

/** Puts the tooltip beside what it is about. */
function stand(host: HTMLElement): void {
	const tip = document.getElementById(ID);
	if (tip === null) return;
	const { left, top } = placeTip(host.getBoundingClientRect(), tip.getBoundingClientRect(), {
		width: document.documentElement.clientWidth,
		height: window.innerHeight
	});
	tip.style.left = `${left}px`;
	tip.style.top = `${top}px`;
}

/** The browser would show its own tooltip over this one. */
function withoutTitles(host: HTMLElement): () => void {
	const titled = [host, ...host.querySelectorAll<HTMLElement>('[title]')]
		.filter((element) => element.hasAttribute('title'))
		.map((element) => ({ element, title: element.title }));
	for (const { element } of titled) element.removeAttribute('title');
	return () => {
		for (const { element, title } of titled)
			if (!element.hasAttribute('title')) element.title = title;
	};
}

function describedBy(host: HTMLElement): () => void {
	const focused = document.activeElement;
	if (focused === null || !host.contains(focused) || focused.hasAttribute('aria-describedby'))
		return () => undefined;
	focused.setAttribute('aria-describedby', ID);
	return () => focused.removeAttribute('aria-describedby');
}
