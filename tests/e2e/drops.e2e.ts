import { expect, type Locator, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { post } from '../http/client.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { violations } from './support/axe.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

const ZONE = 'Asia/Kathmandu';
const EMPTY = 'Nothing was dropped in the last seven days.';

test.describe.configure({ mode: 'serial' });

let server: TestServer;

// A server of its own: in the demo that all tests share, nobody knows what was dropped.
test.beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'warn' } });
	await bylineOk(server.dataDir, 'site', 'add', BLOG, '--timezone', ZONE);
});

test.beforeEach(({ context }) => server.signIn(context));

test.afterAll(async () => {
	await server.stop();
});

const dropped = (page: Page): Locator =>
	page.getByRole('region', { name: 'Dropped events' }).first();

/** The numbers of one reason: last day, last week. */
const countsOf = (page: Page, reason: string): Promise<readonly string[]> =>
	dropped(page).locator(`[data-reason=${reason}] > td`).allTextContents();

const view = (more: object = {}): object => ({
	n: 'pageview',
	u: `https://${BLOG}/a`,
	d: BLOG,
	...more
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('says so where nothing was dropped', async ({ page }) => {
		await page.goto(`${server.url}/${BLOG}/settings`);
		await expect(dropped(page)).toContainText(EMPTY);
		await expect(dropped(page).getByRole('table')).toHaveCount(0);
	});

	test('shows the counts by reason and by hour, and what belongs to no site', async ({ page }) => {
		for (let i = 0; i < 3; i += 1)
			await post(server.url, view(), { headers: { 'user-agent': 'Googlebot/2.1' } });
		await post(server.url, view(), { headers: { 'user-agent': undefined } });
		for (let i = 0; i < 2; i += 1) await post(server.url, view({ r: 'https://semalt.com/' }));
		await post(server.url, view({ d: 'other.example' }));
		await post(server.url, [view({ u: 'file:///a.html' }), { n: 'pageview' }]);

		await page.goto(`${server.url}/${BLOG}/settings`);
		await expect(dropped(page)).not.toContainText(EMPTY);
		for (const [reason, count] of Object.entries({
			bot: '3',
			no_user_agent: '1',
			spam_referrer: '2',
			unknown_site: '1',
			bad_url: '1',
			invalid: '1'
		}))
			expect(await countsOf(page, reason), reason).toEqual([count, count]);
		await expect(dropped(page)).toContainText('The referrer is a domain known for referrer spam.');
		await expect(dropped(page)).toContainText('referrer-spam.txt');
		const [ofSite, ofNone] = [
			dropped(page).locator('.reasons tbody').nth(0),
			dropped(page).locator('.reasons tbody').nth(1)
		];
		await expect(ofSite.getByRole('rowheader').first()).toHaveText(BLOG);
		await expect(ofNone.getByRole('rowheader').first()).toContainText('No site');
		await expect(ofSite.locator('[data-reason]')).toHaveCount(3);
		await expect(ofNone.locator('[data-reason]')).toHaveCount(3);

		const byHour = dropped(page).locator('.twin');
		await expect(byHour).toBeHidden();
		await dropped(page).getByText('By hour', { exact: true }).click();
		await expect(byHour).toBeVisible();
		// Kathmandu's hours begin at a quarter to.
		await expect(byHour.locator('tbody th').first()).toHaveText(/, \d\d:45$/);
		const sums = await byHour
			.locator('tbody tr')
			.evaluateAll((rows) =>
				rows
					.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))
					.reduce((sum, counts) => sum.map((value, at) => value + (counts[at] ?? 0)))
			);
		expect(sums.reduce((sum, value) => sum + value)).toBe(9);
	});
});

for (const [width, colorScheme] of [
	[390, 'dark'],
	[1440, 'light']
] as const)
	test(`is accessible and fits ${width} px, ${colorScheme}`, async ({ page }) => {
		const problems = watch(page);
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize({ width, height: 900 });
		await page.goto(`${server.url}/${BLOG}/settings`);
		await dropped(page).getByText('By hour', { exact: true }).click();
		expect(await violations(page, { include: 'main' })).toEqual([]);
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
		).toBeLessThanOrEqual(0);
		expect(problems).toEqual([]);
	});
