import { expect, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { CHROME, post } from '../http/client.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

/** Longer than an event needs to be seen, shorter than the page waits for a stream that is silent. */
const SEEN_MS = 2_000;

test.describe.configure({ mode: 'serial' });

let server: TestServer;

// A server of its own: in the demo that all tests share, others read the blog at the same time.
test.beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'warn' } });
	await bylineOk(server.dataDir, 'site', 'add', BLOG);
});

test.beforeEach(({ context }) => server.signIn(context));

test.afterAll(async () => {
	await server.stop();
});

let readers = 0;

/** One page view of somebody new. */
const read = async (path = '/a'): Promise<void> => {
	readers += 1;
	await post(
		server.url,
		{ n: 'pageview', u: `https://${BLOG}${path}`, d: BLOG },
		{ headers: { 'user-agent': `${CHROME} Test/${readers}` } }
	);
};

const overview = (): string => `${server.url}/${BLOG}`;
const pageViews = (page: Page) => page.locator('a.kpi data[data-metric=page_views]');
const onSite = (page: Page) => page.getByText('on the site now').locator('data');

/** Sum of all layout shifts from now on, those after a click included. */
const countShifts = (page: Page): Promise<void> =>
	page.evaluate(() => {
		document.documentElement.dataset.shift = '0';
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries())
				if ('value' in entry)
					document.documentElement.dataset.shift = String(
						Number(document.documentElement.dataset.shift) + Number(entry.value)
					);
		}).observe({ type: 'layout-shift' });
	});
const shifts = async (page: Page): Promise<number> =>
	Number(await page.locator('html').getAttribute('data-shift'));

test('the page of an empty site changes by itself with the first event', async ({
	page,
	context
}) => {
	const problems = watch(page);
	const settings = await context.newPage();
	await page.goto(overview());
	await expect(page.getByText('Waiting for the first event')).toBeVisible();
	await expect(page.getByText('Nothing in this period')).toHaveCount(0);
	await expect(page.getByRole('region', { name: 'Script tag' })).toBeVisible();
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.getByRole('button', { name: 'Copy' }).click();
	await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
		await page.getByRole('region', { name: 'Script tag' }).textContent()
	);
	await settings.goto(`${overview()}/settings`);
	await expect(settings.getByText('No event has come in yet.')).toBeVisible();
	await page.bringToFront();
	await read();
	await expect(page.getByText('Waiting for the first event')).toBeHidden();
	await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();
	await expect(onSite(page)).toHaveText('1 visitor');
	await expect(pageViews(page)).toHaveAttribute('value', '1');
	await settings.bringToFront();
	await expect(settings.getByText('Events are coming in.')).toBeVisible();
	expect(problems).toEqual([]);
	await settings.close();
});

test('figures change in place: no element is made anew, nothing moves, the focus stays', async ({
	page
}) => {
	const problems = watch(page);
	await page.goto(`${overview()}?period=7d`);
	await expect(page.locator('canvas')).toBeVisible();
	await page.waitForLoadState('load');
	const before = Number(await pageViews(page).getAttribute('value'));
	const card = page.locator('a.kpi', { has: page.locator('data[data-metric=readers]') });
	await card.focus();
	await page.evaluate(() => {
		window.scrollTo(0, 120);
		for (const element of document.querySelectorAll('main *'))
			if (element instanceof HTMLElement) element.dataset.old = '';
	});
	const scrolled = await page.evaluate(() => window.scrollY);
	await countShifts(page);

	await read();
	await expect(pageViews(page)).toHaveAttribute('value', String(before + 1));
	await expect(card).toBeFocused();
	for (const part of ['a.kpi', 'canvas', '.cards section', 'h1', 'data[data-metric=page_views]'])
		await expect(page.locator(`main ${part}:not([data-old])`)).toHaveCount(0);
	expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
	expect(await shifts(page)).toBeLessThan(0.02);
	expect(problems).toEqual([]);
});

/** What the browser says of the page when another tab is in front. */
const setHidden = (page: Page, hidden: boolean): Promise<void> =>
	page.evaluate(
		(state) => {
			Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
			document.dispatchEvent(new Event('visibilitychange'));
		},
		hidden ? 'hidden' : 'visible'
	);

test('a hidden page hears nothing, and catches up when it is looked at again', async ({ page }) => {
	const problems = watch(page);
	await page.goto(overview());
	const before = Number(await pageViews(page).getAttribute('value'));
	await read();
	await expect(pageViews(page)).toHaveAttribute('value', String(before + 1));
	await setHidden(page, true);
	const requests: string[] = [];
	page.on('request', (request) => requests.push(request.url()));
	await read();
	await page.waitForTimeout(2 * SEEN_MS);
	expect(requests).toEqual([]);
	await expect(pageViews(page)).toHaveAttribute('value', String(before + 1));
	await setHidden(page, false);
	await expect(pageViews(page)).toHaveAttribute('value', String(before + 2));
	expect(problems).toEqual([]);
});

test('a page that stays open over a restart of the server goes on', async ({ page }) => {
	await page.goto(overview());
	const before = Number(await pageViews(page).getAttribute('value'));
	await expect(onSite(page)).toBeVisible();
	await server.restart();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
	await read();
	await expect(pageViews(page)).toHaveAttribute('value', String(before + 1));
	await read();
	await expect(pageViews(page)).toHaveAttribute('value', String(before + 2));
});

test('an event while a navigation is under way does not take it back', async ({ page }) => {
	await page.goto(overview());
	const { promise: held, resolve: go } = Promise.withResolvers<undefined>();
	await page.route(/\/posts\/__data\.json/, async (route) => {
		await held;
		await route.continue();
	});
	await page
		.getByRole('navigation', { name: 'Screens' })
		.getByRole('link', { name: 'Posts' })
		.click();
	await expect(page.getByRole('progressbar', { name: 'Loading' })).toBeAttached();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
	await expect(page.locator('main')).toHaveCSS('opacity', '0.55');
	await read();
	await page.waitForTimeout(SEEN_MS);
	go(undefined);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Posts');
	await expect(page.getByRole('progressbar', { name: 'Loading' })).toHaveCount(0);
	await expect(page.locator('main')).toHaveCSS('opacity', '1');
});

test('without JavaScript the figures are as new as the page', async ({ browser }) => {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		storageState: await server.storageState()
	});
	const page = await context.newPage();
	await page.goto(overview());
	const before = Number(await pageViews(page).getAttribute('value'));
	await read();
	await expect(async () => {
		await page.reload();
		await expect(pageViews(page)).toHaveAttribute('value', String(before + 1), { timeout: 500 });
	}).toPass();
	await context.close();
});
