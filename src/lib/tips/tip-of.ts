import { figureTip, type FigureTip } from '#lib/tips/figure-tip.ts';

/** What a tooltip shows. */
export interface Tip {
	readonly figures: readonly FigureTip[];
	readonly note: string;
}

/** The tooltip of an element: of the figures in it, of the metric it names, else of its title. Null without anything to say. */
export function tipOf(host: HTMLElement): Tip | null {
	const own = host.matches('[data-metric]') ? [host] : [];
	const inside = host.matches('[data-tip]')
		? [...host.querySelectorAll<HTMLElement>('[data-metric]')]
		: [];
	const term = host.dataset.term;
	const figures = [
		...(term === undefined ? [] : [figureTip(term, null)]),
		...[...own, ...inside].map((element) =>
			figureTip(element.dataset.metric ?? '', element.getAttribute('value'), { ...element.dataset })
		)
	].filter((tip) => tip !== null);
	const title = host.title.trim();
	const note = figures.length > 0 && (term !== undefined || inside.length > 0) ? '' : title;
	if (figures.length === 0 && (note === '' || isReadAlready(host, note))) return null;
	return { figures, note };
}

/** A title that only repeats a text which is not cut off. */
function isReadAlready(host: HTMLElement, title: string): boolean {
	if (host.textContent.trim() !== title && !host.textContent.includes(title)) return false;
	return ![host, ...host.querySelectorAll('*')].some(
		(element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
	);
}
