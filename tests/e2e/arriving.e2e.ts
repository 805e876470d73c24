import { expect, type Page } from '@playwright/test';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { inHalves } from './support/in-halves.ts';
import { test } from './support/test.ts';

test.describe.configure({ mode: 'parallel' });

const SHIFT = 0.02;

const shiftOf = (page: Page): Promise<number> =>
	page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				let sum = 0;
				new PerformanceObserver((list) => {
					for (const entry of list.getEntries()) if ('value' in entry) sum += Number(entry.value);
				}).observe({ type: 'layout-shift', buffered: true });
				requestAnimationFrame(() => setTimeout(() => resolve(sum)));
			})
	);

const styled = (page: Page): Promise<unknown> =>
	page.waitForFunction(() =>
		[...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(
			({ sheet }) => sheet !== null
		)
	);

/** Where the columns stand, and how tall the rows are that were there first. */
const placesOf = (page: Page) =>
	page.evaluate(() => {
		const table = document.querySelector('table');
		return {
			columns: [...(table?.querySelectorAll('thead th') ?? [])].map((cell) => {
				const { left, width } = cell.getBoundingClientRect();
				return [left, width];
			}),
			rows: [...(table?.querySelectorAll('tbody tr') ?? [])]
				.slice(0, 10)
				.map((row) => row.getBoundingClientRect().height)
		};
	});

for (const path of ['/posts', '/topics', '/sources', '/ctas', '/audience'])
	for (const width of [1440, 390])
		test(`${path} at ${width} px stands still while its rows arrive`, async ({ page }) => {
			await using halves = await inHalves(demoUrl());
			await page.setViewportSize({ width, height: 900 });
			await page.goto(`${halves.url}/${DEMO_SITE}${path}`, { waitUntil: 'commit' });
			await expect(page.locator('tbody tr')).toHaveCount(10);
			await styled(page);
			// Drawn as it is, so that what moves later is noted.
			await page.screenshot();
			const before = await placesOf(page);
			halves.sendRest();
			await page.waitForLoadState('load');
			await expect(page.locator('tbody tr').nth(10)).toBeAttached();
			expect(await placesOf(page)).toEqual(before);
			expect(await shiftOf(page)).toBeLessThanOrEqual(SHIFT);
		});
