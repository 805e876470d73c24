import { expect, test as base, type Page } from '@playwright/test';

/**
 * Waits until the scripts have taken over a screen of Byline: what is hovered or clicked before that is not answered.
 * Any other page, as a reader's blog, is not waited for.
 */
export async function hydrated(page: Page): Promise<void> {
	const screen = page.locator('body[data-sveltekit-preload-data]');
	// The announcer of navigations is in no answer of the server: it comes with the components.
	if ((await screen.count()) > 0)
		await expect(page.locator('#svelte-announcer')).toBeAttached({ timeout: 30_000 });
}

/** A `page` that is hydrated when `goto` or `reload` returns, unless they were told what to wait for. */
export const test = base.extend({
	page: async ({ page, javaScriptEnabled }, use) => {
		const goto = page.goto.bind(page);
		const reload = page.reload.bind(page);
		if (javaScriptEnabled !== false) {
			page.goto = async (url, options) => {
				const response = await goto(url, options);
				if (options?.waitUntil === undefined) await hydrated(page);
				return response;
			};
			page.reload = async (options) => {
				const response = await reload(options);
				if (options?.waitUntil === undefined) await hydrated(page);
				return response;
			};
		}
		await use(page);
	}
});
