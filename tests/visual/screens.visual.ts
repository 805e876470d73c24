import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { routeUrl } from '../e2e/support/routes.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { differenceOf, layoutOf, OTHER_FONTS } from './layout-of.ts';

/** Key screens; `npm run visual:refresh` takes what they look like now for right. */
const SCREENS = [
	['overview', '/[site]', 'light', 1440],
	['overview-narrow', '/[site]', 'dark', 390],
	['post', '/[site]/posts/[post]', 'light', 1440],
	['recent', '/[site]/recent', 'dark', 1440],
	['posts', '/[site]/posts', 'light', 1440],
	['topics', '/[site]/topics', 'light', 1440]
] as const;

/** Of all tiles; what fonts change stays below, what is lost lies above. */
const MOST_CHANGED = 0.05;
const CLOCK = fileURLToPath(new URL('fixed-clock.ts', import.meta.url));
const baseline = (name: string): URL =>
	new URL(name === '' ? 'baselines/' : `baselines/${name}.png`, import.meta.url);

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
			await mkdir(baseline(''), { recursive: true });
			await writeFile(baseline(name), Buffer.from(now, 'base64'));
			return;
		}
		const before = (await readFile(baseline(name))).toString('base64');
		expect.soft(await differenceOf(page, before, now)).toBeLessThan(MOST_CHANGED);
	});

/** What a regression may do to a screen: each is seen, and other fonts are not. */
const LOSSES: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
	[
		'a card is missing',
		(page) =>
			page
				.locator('section.panel')
				.nth(1)
				.evaluate((card) => card.style.setProperty('visibility', 'hidden'))
	],
	[
		'a chart is empty',
		(page) =>
			page.addStyleTag({ content: 'canvas, .sketch, .frame svg { visibility: hidden !important }' })
	],
	[
		'everything begins lower',
		(page) => page.locator('main').evaluate((main) => main.style.setProperty('padding-top', '9rem'))
	]
];

test('the measure sees what is lost, and no other font', async ({ page }) => {
	const show = async (): Promise<void> => {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await page.setViewportSize({ width: 1440, height: 1000 });
		await page.goto(`${await routeUrl('/[site]')}?from=2026-01-01&to=2026-03-15`);
		await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
		// A card and the chart are what is looked at.
		await page.evaluate(() => window.scrollTo(0, 300));
	};
	await show();
	const before = await layoutOf(page);
	expect(await differenceOf(page, before, await layoutOf(page))).toBe(0);
	const ofFonts = await differenceOf(page, before, await layoutOf(page, OTHER_FONTS));
	test.info().annotations.push({ type: 'other fonts', description: String(ofFonts) });
	expect.soft(ofFonts, 'other fonts').toBeLessThan(MOST_CHANGED);
	for (const [loss, cause] of LOSSES) {
		await show();
		await cause(page);
		const seen = await differenceOf(page, before, await layoutOf(page));
		test.info().annotations.push({ type: loss, description: String(seen) });
		expect.soft(seen, loss).toBeGreaterThan(MOST_CHANGED);
	}
});
