import { expect, type Page } from '@playwright/test';
import { brotliBytes } from './support/client-bytes.ts';
import { demoUrl } from './support/demo.ts';
import { isDrawn } from './support/is-drawn.ts';
import { SCREENS, screenUrl } from './support/screens.ts';
import { test } from './support/test.ts';

test.describe.configure({ mode: 'parallel' });

/** Bytes of JavaScript and CSS, compressed with Brotli as the build does, that one first load of a screen may ask for. */
const BUDGET = 130_000;

/** Files that a cold load of a page asks for, until it is quiet. */
const filesOf = async (page: Page, url: string): Promise<readonly string[]> => {
	const files = new Set<string>();
	page.on('request', (request) => {
		const { pathname, origin } = new URL(request.url());
		if (origin === demoUrl() && /\.(js|css)$/.test(pathname)) files.add(pathname.slice(1));
	});
	await page.goto(url);
	await page.waitForLoadState('networkidle');
	// Charts come when they are about to be seen: all of a screen's are part of what its reader loads.
	for (const canvas of await page.locator('canvas').all()) {
		await canvas.scrollIntoViewIfNeeded();
		await expect.poll(() => isDrawn(canvas)).toBe(true);
	}
	await page.waitForLoadState('networkidle');
	return [...files];
};

for (const screen of SCREENS)
	test(`${screen.name}: the first load is within its budget`, async ({ page }) => {
		const files = await filesOf(page, await screenUrl(screen));
		const sizes = files.map((file) => ({ file, bytes: brotliBytes(file) }));
		const sum = sizes.reduce((bytes, size) => bytes + size.bytes, 0);
		test.info().annotations.push({ type: 'bytes', description: String(sum) });
		expect(files.some((file) => file.endsWith('.css'))).toBe(true);
		expect(files.length).toBeGreaterThan(5);
		const greatest = sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8);
		expect(sum, JSON.stringify(greatest, null, 2)).toBeLessThan(BUDGET);
	});
