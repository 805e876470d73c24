import type { Page } from '@playwright/test';

/** A number in the HTML: its metric, the exact value and what the reader sees. */
export interface Figure {
	readonly metric: string;
	readonly value: string;
	readonly text: string;
}

export interface ServedTable {
	readonly caption: string;
	readonly rows: readonly {
		readonly header: string;
		readonly links: readonly string[];
		readonly cells: readonly string[];
		readonly figures: readonly Figure[];
	}[];
	readonly totals: readonly Figure[];
}

export interface ServedScreen {
	readonly heading: string;
	/** Numbers outside of tables. */
	readonly figures: readonly Figure[];
	readonly tables: readonly ServedTable[];
	/** Texts that say what a number was in the compare period. */
	readonly before: readonly string[];
	readonly csv: string | null;
}

/** Reads HTML as it was served, in a document that runs no script and loads nothing. */
export const readServed = (page: Page, html: string): Promise<ServedScreen> =>
	page.evaluate((text) => {
		const served = new DOMParser().parseFromString(text, 'text/html');
		const textOf = (element: Element | null): string => element?.textContent?.trim() ?? '';
		const figure = (element: Element) => ({
			metric: element.getAttribute('data-metric') ?? element.getAttribute('data-total') ?? '',
			value: element.getAttribute('value') ?? '',
			text: textOf(element)
		});
		const all = (from: ParentNode, selector: string) => [...from.querySelectorAll(selector)];
		return {
			heading: textOf(served.querySelector('h1')),
			figures: all(served, 'data[data-metric]')
				.filter((element) => element.closest('table') === null)
				.map(figure),
			tables: all(served, 'table').map((table) => ({
				caption: textOf(table.querySelector('caption')),
				rows: all(table, 'tbody tr').map((row) => ({
					header: textOf(row.querySelector('th')),
					links: all(row, 'a[href]').map((link) => link.getAttribute('href') ?? ''),
					cells: all(row, 'td').map(textOf),
					figures: all(row, 'data[data-metric]').map(figure)
				})),
				totals: all(table, 'tfoot data[data-total]').map(figure)
			})),
			before: all(served, '[title^="Before: "]').map(
				(element) => element.getAttribute('title')?.slice('Before: '.length) ?? ''
			),
			csv: served.querySelector('a[download]')?.getAttribute('href') ?? null
		};
	}, html);
