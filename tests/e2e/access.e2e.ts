import { expect, type Page } from '@playwright/test';
import { COLOUR_RULES, keepRows, violations } from './support/axe.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { tabThrough } from './support/focus.ts';
import { routeIds, routeUrl } from './support/routes.ts';
import { hydrated, test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'parallel' });

/** `/` only leads on to the first site where there is one. */
const SCREENS = routeIds().filter((route) => route !== '/');
const PERIOD = '?period=7d&filter=device:is:mobile';

/** Elements that have a transition or an animation. */
const moving = (page: Page): Promise<readonly string[]> =>
	page.evaluate(() =>
		[...document.querySelectorAll('body *')]
			.filter((element) => {
				const { transitionDuration, animationName } = getComputedStyle(element);
				return animationName !== 'none' || /[1-9]/.test(transitionDuration);
			})
			.map((element) => element.outerHTML.slice(0, 80))
	);

for (const route of SCREENS) {
	test(`${route}: axe finds nothing, light or dark, and nothing moves`, async ({ page }) => {
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await page.setViewportSize({ width: 1280, height: 900 });
		const response = await page.goto((await routeUrl(route)) + PERIOD);
		expect(response?.status()).toBe(200);
		await page.waitForLoadState('load');
		expect.soft(await moving(page)).toEqual([]);
		await keepRows(page, 4);
		const targets = { rules: { 'target-size': { enabled: true } } };
		expect.soft(await violations(page, targets), 'light').toEqual([]);
		await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
		expect.soft(await violations(page, { runOnly: COLOUR_RULES }), 'dark').toEqual([]);
		// What is folded away has colours too; unfolded all at once it lies over other targets.
		const folded = await page.evaluate(() => {
			const all = [...document.querySelectorAll('details')];
			for (const details of all) details.open = true;
			return all.length;
		});
		if (folded === 0) return;
		const unfolded = { include: 'details', rules: { 'target-size': { enabled: false } } };
		expect.soft(await violations(page, { include: 'details', runOnly: COLOUR_RULES })).toEqual([]);
		await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		expect(await violations(page, unfolded), 'unfolded').toEqual([]);
	});

	test(`${route}: the keyboard alone reaches everything`, async ({ page }) => {
		await page.setViewportSize({ width: 1280, height: 900 });
		await page.goto((await routeUrl(route)) + PERIOD);
		await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
		await keepRows(page, 3);
		expect(await tabThrough(page)).toEqual([]);
	});
}

const home = `/${DEMO_SITE}?period=30d&compare=previous`;
const tip = (page: Page) => page.getByRole('tooltip');

test('a figure says on hover what it is, is made of and how sure it is', async ({ page }) => {
	const problems = watch(page);
	await page.goto(demoUrl() + home);
	const card = page.locator('a.kpi', { has: page.locator('data[data-metric=read_ratio]') });
	await card.hover();
	await expect(tip(page)).toContainText('Reads divided by measured page views.');
	await expect(tip(page)).toContainText(/[\d,]+ reads \/ [\d,]+ measured page views/);
	await expect(tip(page)).toContainText(/95\s% interval: [\d.]+–[\d.]+\s%/);
	await expect(tip(page)).toContainText(/Before: [\d,]+/);
	await tip(page).hover();
	await expect(tip(page)).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(tip(page)).toHaveCount(0);
	await expect(card).toHaveAttribute('title', /Measured page views/);
	expect(problems).toEqual([]);
});

test('a figure says the same on focus, read with what has the focus', async ({ page }) => {
	await page.goto(demoUrl() + home);
	await page.waitForLoadState('load');
	const card = page.locator('a.kpi').first();
	await expect(async () => {
		await page.keyboard.press('Tab');
		await expect(card).toBeFocused({ timeout: 50 });
	}).toPass({ intervals: [20] });
	await expect(tip(page)).toContainText('Distinct visitors per local day');
	await expect(card).toHaveAttribute('aria-describedby', 'tip');
	await page.keyboard.press('Tab');
	await expect(tip(page)).toContainText('Accepted page views');
	await expect(tip(page)).toHaveCount(1);
});

test('a tap on a figure shows its tooltip, a tap elsewhere closes it', async ({ browser }) => {
	const context = await browser.newContext({
		hasTouch: true,
		viewport: { width: 390, height: 844 }
	});
	const page = await context.newPage();
	await page.goto(`${await routeUrl('/[site]/posts/[post]')}?period=12m`);
	await hydrated(page);
	const figure = page.locator('dd data[data-metric=read_ratio]').first();
	await expect(async () => {
		await figure.tap();
		await expect(tip(page)).toContainText('Reads divided by', { timeout: 500 });
	}).toPass();
	await page.getByRole('heading', { level: 1 }).tap();
	await expect(tip(page)).toHaveCount(0);
	await context.close();
});

for (const [locale, day] of [
	['de-DE', /\d{1,2}\. \p{L}+\.?.*20\d\d/u],
	['ar', /[\u0600-\u06ff]+.*20\d\d/],
	['ja-JP', /20\d\d\/\d\d\/\d\d/],
	['en-US', /\p{L}+ \d{1,2}.*, 20\d\d/u]
] as const)
	test(`dates are written in ${locale} by server and browser alike`, async ({ browser }) => {
		const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } });
		const page = await context.newPage();
		const problems = watch(page);
		const response = await page.goto(demoUrl() + home);
		const served = await page.evaluate(
			(html) =>
				[
					...new DOMParser()
						.parseFromString(html, 'text/html')
						.querySelectorAll('summary span.hidden, main tbody th')
				].map((element) => element.textContent.trim()),
			(await response?.text()) ?? ''
		);
		await hydrated(page);
		await page.locator('a.kpi').first().hover();
		await expect(tip(page)).toBeVisible();
		const drawn = await page
			.locator('summary span.hidden, main tbody th')
			.evaluateAll((elements) => elements.map((element) => element.textContent.trim()));
		expect(served[0]).toMatch(day);
		expect(drawn).toEqual(served);
		expect(problems).toEqual([]);
		await context.close();
	});

test('requests in several languages at once do not mix', async () => {
	const wanted = ['de', 'ja', 'ar', 'en-US', 'fr'];
	const titles = await Promise.all(
		[...wanted, ...wanted].map(async (locale) => {
			const response = await fetch(demoUrl() + home, { headers: { 'accept-language': locale } });
			const html = await response.text();
			const range = /<span class="hidden[^>]*>([^<]+)</.exec(html)?.[1] ?? '';
			const months = new Set(
				[...html.matchAll(/<th scope="row" class="whitespace-nowrap[^>]*>\s*([^<]+?)\s*</g)].map(
					([, text = '']) => text.replace(/[\d\s.,\u2068\u2069/]/g, '')
				)
			);
			return { locale, range, months: months.size };
		})
	);
	for (const locale of wanted) {
		const [first, second] = titles.filter((title) => title.locale === locale);
		expect(second).toEqual(first);
	}
	expect(new Set(titles.map(({ range }) => range)).size).toBe(wanted.length);
});

test('the page for developers is not in a build', async () => {
	expect((await fetch(`${demoUrl()}/dev/design`)).status).toBe(404);
});
