import type { Browser, Locator, Page } from '@playwright/test';
import { DEMO_SITE, demoUrl } from '../e2e/support/demo.ts';

/** A click that asks for other figures. */
export interface FilterClick {
	readonly name: string;
	readonly path: string;
	/** Leads to where the one click is left. */
	readonly prepare?: (page: Page) => Promise<void>;
	readonly target: (page: Page) => Locator;
}

export const CLICKS: readonly FilterClick[] = [
	{
		name: 'overview: a value of a card',
		path: '',
		target: (page) => page.getByRole('link', { name: 'Mobile', exact: true })
	},
	{
		name: 'overview: a value in the filter editor',
		path: '',
		prepare: async (page) => {
			await page.getByRole('link', { name: 'Add filter' }).click();
			const dialog = page.getByRole('dialog', { name: 'Add filter' });
			await dialog.getByRole('combobox', { name: 'Dimension' }).selectOption('Country');
			await dialog.getByRole('option').filter({ hasText: 'Germany' }).click();
		},
		target: (page) => page.getByRole('dialog').getByRole('button', { name: 'Apply' })
	},
	{
		name: 'overview: a period',
		path: '',
		prepare: (page) => page.locator('summary', { hasText: /–/ }).first().click(),
		target: (page) => page.getByRole('link', { name: 'Last 90 days', exact: true })
	},
	{
		name: 'sources: a value of the table',
		path: '/sources',
		target: (page) => page.locator('tbody th a').first()
	},
	{
		name: 'posts: a column to sort by',
		path: '/posts',
		target: (page) => page.locator('thead th a').filter({ hasText: 'Read ratio' })
	}
];

interface How {
	/** Query strings, each of which is asked for once. */
	readonly urls: readonly string[];
	readonly slowDown: number;
	/** How long the pointer rests on the target before it clicks. */
	readonly hoverMs: number;
}

/** Milliseconds from a click to the frame with its figures, once for each query string. */
export async function* clickTimes(
	browser: Browser,
	click: FilterClick,
	{ urls, slowDown, hoverMs }: How
): AsyncGenerator<number> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
	for (const query of urls) {
		await page.goto(`${demoUrl()}/${DEMO_SITE}${click.path}?${query}`);
		await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
		await click.prepare?.(page);
		const target = click.target(page);
		await target.scrollIntoViewIfNeeded();
		const painted = page.evaluate(figuresPainted);
		if (hoverMs > 0) {
			await target.hover();
			await page.waitForTimeout(hoverMs);
		}
		await target.click();
		yield await painted;
		// What is still asked for in the background would abort the next page, or be aborted by it.
		await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined);
	}
	await context.close();
}

/** Milliseconds from the next press of the pointer to the first frame that shows other figures, and all of them. */
const figuresPainted = (): Promise<number> => {
	const read = (): string =>
		[...document.querySelectorAll('main data')].map((data) => data.getAttribute('value')).join();
	const before = { href: location.href, figures: read() };
	return new Promise((resolve, reject) => {
		const look = (pressed: number): void => {
			const waited = performance.now() - pressed;
			if (waited > 10_000) reject(new Error('The figures stay as they were.'));
			else if (
				location.href === before.href ||
				document.querySelector('main [aria-busy=true]') !== null ||
				read() === before.figures
			)
				requestAnimationFrame(() => look(pressed));
			// After the frame that this one is drawn in.
			else setTimeout(() => resolve(performance.now() - pressed));
		};
		addEventListener('pointerdown', ({ timeStamp }) => look(timeStamp), {
			once: true,
			capture: true
		});
	});
};
