import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { routeIds, routeUrl } from '../e2e/support/routes.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';

/**
 * Pictures of every screen of the sample blog, whole pages, light and dark, at three widths, in `screenshots/`.
 * `--readme` takes the four of the README in their place, `--only TEXT` those whose route has the text in it.
 * `DEMO_URL` names a demo that runs already.
 */
const { values } = parseArgs({
	options: { readme: { type: 'boolean' }, only: { type: 'string' } }
});

const SCHEMES = ['light', 'dark'] as const;
const HEIGHT = 900;
const WIDTHS = [390, 768, 1440] as const;
const README = {
	overview: '/[site]',
	posts: '/[site]/posts',
	post: '/[site]/posts/[post]',
	recent: '/[site]/recent'
};

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}/`, import.meta.url));

const nameOf = (route: string): string =>
	route
		.split('/')
		.filter((part) => part !== '' && part !== '[site]')
		.map((part) => part.replaceAll(/[[\]]/g, ''))
		.join('-') || 'overview';

const open = async (page: Page, url: string): Promise<void> => {
	await page.goto(url);
	// The overview listens for news as long as it is open, so the network is never idle there.
	await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
};

/** What sticks to the window's edge then stands where the page ends. */
const stretch = async (page: Page, width: number): Promise<void> => {
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ width, height: Math.max(HEIGHT, height) });
};

const everyScreen = async (browser: Browser): Promise<void> => {
	const into = folder('screenshots');
	await mkdir(into, { recursive: true });
	const routes = routeIds().filter((route) => route !== '/' && route.includes(values.only ?? ''));
	for (const colorScheme of SCHEMES)
		for (const width of WIDTHS) {
			const context = await browser.newContext({
				colorScheme,
				viewport: { width, height: HEIGHT },
				reducedMotion: 'reduce'
			});
			const page = await context.newPage();
			for (const route of routes) {
				await page.setViewportSize({ width, height: HEIGHT });
				await open(page, await routeUrl(route));
				await stretch(page, width);
				const path = `${into}${nameOf(route)}-${width}-${colorScheme}.png`;
				await page.screenshot({ path, fullPage: true });
				console.log(path);
			}
			await context.close();
		}
};

const forReadme = async (browser: Browser): Promise<void> => {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	const page = await context.newPage();
	for (const [name, route] of Object.entries(README)) {
		await open(page, await routeUrl(route));
		await page.screenshot({
			path: `${folder('docs/screens')}${name}.jpg`,
			type: 'jpeg',
			quality: 78
		});
	}
};

const demo = process.env.DEMO_URL
	? undefined
	: await startServer({ script: 'src/demo.ts', readyMs: 180_000, env: { LOG_LEVEL: 'warn' } });
if (demo) process.env.DEMO_URL = demo.url;
const browser = await chromium.launch({
	executablePath: await chromiumPath(),
	args: [...CHROMIUM_ARGS]
});
try {
	await (values.readme ? forReadme(browser) : everyScreen(browser));
} finally {
	await browser.close();
	await demo?.stop();
}
