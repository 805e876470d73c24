import { expect, test, type Locator, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { post } from '../http/client.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer } from '../support/server.ts';
import { watch } from './support/watch.ts';

const SCRIPT = 'tests/e2e/support/failing-server.ts';

const start = async (failing: string) => {
	const server = await startServer({
		script: SCRIPT,
		env: { LOG_LEVEL: 'warn', FAILING: failing, WRITE_INTERVAL_MS: '10' }
	});
	await bylineOk(server.dataDir, 'site', 'add', BLOG);
	await post(server.url, { n: 'pageview', u: `https://${BLOG}/a`, d: BLOG });
	return server;
};

const card = (page: Page, title: string): Locator =>
	page.locator('section.panel', { has: page.getByRole('heading', { name: title, exact: true }) });

test('cards that fail say why, each for itself, and the others stand', async ({ page }) => {
	await using server = await start('countries:time_limit,sources:defect');
	const problems = watch(page);
	await expect(async () => {
		await page.goto(`${server.url}/${BLOG}`);
		await expect(page.locator('a.kpi data[data-metric=page_views]')).toHaveAttribute('value', '1', {
			timeout: 500
		});
	}).toPass();
	await expect(card(page, 'Countries')).toContainText('took longer than 1 s');
	await expect(card(page, 'Sources')).toContainText('could not answer this');
	await expect(page.locator('body')).not.toContainText('secret');
	expect(server.stderr()).toContain('A secret of the server.');
	await expect(card(page, 'Devices').getByRole('rowheader')).toHaveText('Desktop');

	const asked = page.waitForResponse(/__data\.json/);
	await card(page, 'Countries').getByRole('link', { name: 'Try again' }).click();
	expect((await asked).status()).toBe(200);
	await expect(card(page, 'Countries')).toContainText('took longer than 1 s');
	expect(problems).toEqual([]);
});

test('where the figures themselves fail, the cards stand', async ({ page }) => {
	await using server = await start('overview:time_limit');
	await expect(async () => {
		const answer = await page.goto(`${server.url}/${BLOG}`);
		expect(answer?.status()).toBe(200);
		await expect(card(page, 'Devices').getByRole('rowheader')).toHaveText('Desktop', {
			timeout: 500
		});
	}).toPass();
	await expect(card(page, 'Overview')).toContainText('took longer than 1 s');
	await expect(page.locator('a.kpi')).toHaveCount(0);
});
