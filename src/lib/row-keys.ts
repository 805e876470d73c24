import type { Attachment } from 'svelte/attachments';

/** What a row is about: the first link of its header. */
const LINK = 'th a[href]';
/** What has something to say about itself: its definition, its parts, its interval, or why it is missing. */
const FIGURE = 'td :is([data-metric], [title])';
const METRIC = '[data-metric]';
const FOCUSABLE = 'a[href], button, input, select, summary';
/** What a click is for when it lands on one. */
const OWN_CLICK = 'a, button, input, select, label, summary, [role="button"]';
const PAGE_ROWS = 10;

const SIDEWAYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The row's link, or the label of totals, and its figures, in order. */
const stopsOf = (row: HTMLTableRowElement): readonly HTMLElement[] => {
	const head = row.querySelector<HTMLElement>(LINK) ?? row.cells[0];
	// A tooltip takes the title of what has the focus.
	const figures = [...row.querySelectorAll<HTMLElement>(`${FIGURE}, td :focus`)].filter(
		(figure) => figure.closest(FOCUSABLE) === null && figure.querySelector(METRIC) === null
	);
	return head === undefined ? [] : [head, ...figures];
};

const rowOf = (target: EventTarget | null): HTMLTableRowElement | null =>
	target instanceof Element ? target.closest('tbody tr, tfoot tr') : null;

const columnOf = (target: EventTarget | null): number =>
	target instanceof Element ? (target.closest<HTMLTableCellElement>('th, td')?.cellIndex ?? 0) : 0;

/**
 * Moves through the rows of a table by keyboard, with one row in the tab order: arrows, Home, End and the page keys move
 * from link to link, from the last one down to the totals, Enter opens; left and right lead to the row's figures and back. A click anywhere in a row follows the row's link where that opens a screen
 * (`data-opens`), with the keys held down; clicks on links and controls, and a click that ends a selection, stay their own.
 */
export const rowKeys: Attachment<HTMLTableElement> = (table) => {
	let active: HTMLTableRowElement | null = null;

	const rows = (): readonly HTMLTableRowElement[] =>
		[...table.querySelectorAll<HTMLTableRowElement>('tbody tr')].filter(
			(row) => row.querySelector(LINK) !== null
		);

	const setTabStop = (row: HTMLTableRowElement, isStop: boolean): void => {
		const tabIndex = isStop ? 0 : -1;
		for (const element of row.querySelectorAll<HTMLElement>(FOCUSABLE))
			if (element.tabIndex !== tabIndex) element.tabIndex = tabIndex;
	};

	/** New rows and redrawn ones come into the order. */
	const settle = (): void => {
		const all = rows();
		if (active === null || !all.includes(active)) active = all[0] ?? null;
		for (const row of all) setTabStop(row, row === active);
	};

	const activate = (row: HTMLTableRowElement): void => {
		if (active !== null) setTabStop(active, false);
		active = row;
		setTabStop(row, true);
	};

	const focused = (event: FocusEvent): void => {
		const row = rowOf(event.target);
		if (row !== null && row !== active && row.querySelector(LINK) !== null) activate(row);
	};

	/** The row that a key leads to. */
	const rowAfter = (key: string, row: HTMLTableRowElement): HTMLTableRowElement | undefined => {
		const all = rows();
		const totals = table.tFoot?.rows[0];
		if (row === totals) return key === 'ArrowUp' ? all.at(-1) : undefined;
		if (key === 'ArrowDown' && row === all.at(-1) && totals !== undefined) return totals;
		return all[placeAfter(key, all.indexOf(row), all.length) ?? -1];
	};

	const pressed = (event: KeyboardEvent): void => {
		const row = rowOf(event.target);
		if (row === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
		const aside = SIDEWAYS[event.key];
		const target = aside === undefined ? rowAfter(event.key, row) : row;
		const stops = target === undefined ? [] : stopsOf(target);
		const at = stops.findIndex((stop) => stop === event.target);
		const column = columnOf(event.target);
		const stop =
			aside === undefined
				? stops.findLast((one) => columnOf(one) <= column)
				: stops[Math.max(0, at) + aside];
		if (target === undefined || stop === undefined) return;
		event.preventDefault();
		if (target.querySelector(LINK) !== null) activate(target);
		if (!stop.matches(FOCUSABLE)) stop.tabIndex = -1;
		stop.focus({ preventScroll: true });
		target.scrollIntoView({ block: 'nearest' });
		stop.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	};

	const clicked = (event: MouseEvent): void => {
		if (event.defaultPrevented || event.button > 1) return;
		const { target } = event;
		if (!(target instanceof Element) || target.closest(OWN_CLICK) !== null) return;
		if (window.getSelection()?.isCollapsed === false) return;
		const link = rowOf(target)?.querySelector<HTMLAnchorElement>('th a[data-opens]');
		if (!link) return;
		if (event.button === 1 || event.ctrlKey || event.metaKey || event.shiftKey)
			window.open(link.href, '_blank', 'noopener');
		else link.click();
	};

	settle();
	const watching = new MutationObserver(settle);
	watching.observe(table, { childList: true, subtree: true });
	table.addEventListener('focusin', focused);
	table.addEventListener('keydown', pressed);
	table.addEventListener('click', clicked);
	table.addEventListener('auxclick', clicked);
	return () => {
		watching.disconnect();
		table.removeEventListener('focusin', focused);
		table.removeEventListener('keydown', pressed);
		table.removeEventListener('click', clicked);
		table.removeEventListener('auxclick', clicked);
	};
};

/** The place that a key moves to among rows; null where it moves nowhere. */
export function placeAfter(key: string, at: number, count: number): number | null {
	const last = count - 1;
	switch (key) {
		case 'ArrowDown':
			return Math.min(last, at + 1);
		case 'ArrowUp':
			return Math.max(0, at - 1);
		case 'PageDown':
			return Math.min(last, at + PAGE_ROWS);
		case 'PageUp':
			return Math.max(0, at - PAGE_ROWS);
		case 'Home':
			return 0;
		case 'End':
			return last;
		default:
			return null;
	}
}
