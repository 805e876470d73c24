import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { routeUrl } from '../e2e/support/routes.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { differenceOf, layoutOf } from './layout-of.ts';

/** Key screens; `npm run visual:refresh` takes what they look like now for right. */
const SCREENS = [
	['overview', '/[site]', 'light', 1440],
	['overview-narrow', '/[site]', 'dark', 390],
	['post', '/[site]/posts/[post]', 'light', 1440],
	['recent', '/[site]/recent', 'dark', 1440],
	['posts', '/[site]/posts', 'light', 1440],
	['topics', '/[site]/topics', 'light', 1440]
] as const;

/** Of all cells: other fonts change about one in a hundred, a missing card ten. */
const MOST_CHANGED = 0.04;
const CLOCK = fileURLToPath(new URL('fixed-clock.ts', import.meta.url));
const baseline = (name: string): URL => new URL(`baselines/${name}.png`, import.meta.url);

let demo: TestServer | undefined;

test.beforeAll(async () => {
	test.setTimeout(200_000);
	demo = await startServer({
		script: 'src/demo.ts',
		readyMs: 180_000,
		env: { LOG_LEVEL: 'warn', NODE_OPTIONS: `--import=${CLOCK}` }
	});
	process.env.DEMO_URL = demo.url;
});

test.afterAll(async () => {
	await demo?.stop();
});

for (const [name, route, colorScheme, width] of SCREENS)
	test(`${name} looks as it did`, async ({ page }) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width, height: 1000 });
		await page.goto(`${await routeUrl(route)}?from=2026-01-01&to=2026-03-15`);
		await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
		const now = await layoutOf(page);
		if (process.env.VISUAL_REFRESH === '1') {
			await writeFile(baseline(name), Buffer.from(now, 'base64'));
			return;
		}
		const before = (await readFile(baseline(name))).toString('base64');
		expect(await differenceOf(page, before, now)).toBeLessThan(MOST_CHANGED);
		// The measure itself must see that a screen lost its heading block.
		await page.locator('main').evaluate((main) => main.style.setProperty('padding-top', '9rem'));
		expect(await differenceOf(page, before, await layoutOf(page))).toBeGreaterThan(MOST_CHANGED);
	});
