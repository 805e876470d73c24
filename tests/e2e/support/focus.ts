import type { Page } from '@playwright/test';

/** What the keyboard reaches next and how it shows. */
interface Stop {
	/** Place among the elements that may take the focus, in document order; null outside of the page. */
	readonly at: number | null;
	readonly name: string;
	readonly marked: boolean;
	readonly hidden: boolean;
}

const FOCUSABLE =
	'a[href], button:not(:disabled), input:not(:disabled):not([type=hidden]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]';

/** Names of everything visible that may take the focus, in document order. */
const reachable = (page: Page): Promise<readonly string[]> =>
	page.evaluate((selector) => {
		const all = [...document.querySelectorAll<HTMLElement>(selector)].filter(
			(element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true })
		);
		all.forEach((element, at) => element.setAttribute('data-stop', String(at)));
		// A place to start from that is before everything, whatever was clicked last.
		const start = document.createElement('span');
		start.tabIndex = -1;
		document.body.prepend(start);
		start.focus();
		start.remove();
		return all.map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`);
	}, FOCUSABLE);

const stopNow = (page: Page): Promise<Stop> =>
	page.evaluate(() => {
		const element = document.activeElement;
		if (!(element instanceof HTMLElement) || element === document.body)
			return { at: null, name: 'body', marked: true, hidden: false };
		const style = getComputedStyle(element);
		// A link that wraps has a box on each line; the first is where it begins.
		const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
		const seen = document.elementFromPoint(
			Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width / 2, 8))),
			Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height / 2, 8)))
		);
		const at = element.getAttribute('data-stop');
		return {
			at: at === null ? null : Number(at),
			name: `${element.tagName} ${element.textContent.trim().slice(0, 40)}`,
			marked: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1,
			hidden: seen !== null && !element.contains(seen) && !seen.contains(element)
		};
	});

/** A pass through a page with the Tab key alone: what it misses, shows no focus on, hides, or meets out of order. */
export const tabThrough = async (page: Page): Promise<readonly string[]> => {
	const names = await reachable(page);
	const problems: string[] = [];
	const met = new Set<number>();
	let last = -1;
	for (let presses = 0; presses < names.length + 10; presses += 1) {
		await page.keyboard.press('Tab');
		const { at, name, marked, hidden } = await stopNow(page);
		// The browser's own bars come next: the page let go of the focus.
		if (at === null) break;
		if (met.has(at)) {
			if (at === last) problems.push(`held by ${name}`);
			break;
		}
		met.add(at);
		if (!marked) problems.push(`no visible focus: ${name}`);
		if (hidden) problems.push(`covered while focused: ${name}`);
		if (at < last) problems.push(`out of order: ${name}`);
		last = at;
	}
	const missed = names.filter((_, at) => !met.has(at));
	return [...problems, ...missed.map((name) => `not reached: ${name}`)];
};
