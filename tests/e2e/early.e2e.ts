import { expect, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { hydrated, test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'parallel' });

/** What people do before the scripts are there, or before an answer is, stays done. */
const BLOG = 'blog.example.com';
const PERIOD = 'period=90d&compare=none';
const screen = (path: string): string => `${demoUrl()}/${DEMO_SITE}${path}`;

/** Holds requests back until it is told to let them go. */
const hold = async (page: Page, what: string): Promise<() => void> => {
	const { promise, resolve } = Promise.withResolvers<void>();
	await page.route(what, async (route) => {
		await promise;
		await route.continue();
	});
	return resolve;
};

/** Opens a screen whose scripts come when they are let go. */
const openEarly = async (page: Page, url: string): Promise<() => Promise<void>> => {
	const letGo = await hold(page, '**/*.js');
	await page.goto(url, { waitUntil: 'commit' });
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	return async () => {
		letGo();
		await hydrated(page);
	};
};

const search = (page: Page) => page.getByRole('searchbox');

test('a search that is typed before the scripts are there is searched for', async ({ page }) => {
	const problems = watch(page);
	const scripts = await openEarly(page, screen(`/posts?${PERIOD}`));
	await search(page).fill('pricing');
	await scripts();
	await expect(page).toHaveURL(/[?&]q=pricing(&|$)/);
	await expect(search(page)).toHaveValue('pricing');
	expect(problems).toEqual([]);
});

test('letters typed while an answer is on its way stay, and are searched for', async ({ page }) => {
	await page.goto(screen(`/posts?${PERIOD}`));
	const letGo = await hold(page, '**/__data.json*');
	const asked = page.waitForRequest(/__data\.json.*q=pri/);
	await search(page).pressSequentially('pri');
	await asked;
	await search(page).pressSequentially('cing');
	letGo();
	await expect(page).toHaveURL(/[?&]q=pricing(&|$)/);
	await expect(search(page)).toHaveValue('pricing');
	await expect(
		page.getByRole('table', { name: 'Posts' }).locator('tbody tr').first()
	).toBeVisible();
});

test('a blank search in an address is none, and leads nowhere', async ({ page }) => {
	const rows = page.getByRole('table', { name: 'Posts' }).locator('tbody tr');
	await page.goto(screen(`/posts?${PERIOD}&q=%20`));
	await page.waitForLoadState('networkidle');
	await expect(page).toHaveURL(/[?&]q=(%20|\+)$/);
	await expect(rows).toHaveCount(50);
});

test('a date that is chosen before the scripts are there stays chosen', async ({ page }) => {
	const scripts = await openEarly(page, screen('/posts?from=2026-01-01&to=2026-01-31'));
	await page.locator('summary', { hasText: 'Period:' }).click();
	await page.getByLabel('From', { exact: true }).fill('2026-01-05');
	await scripts();
	await expect(page.getByLabel('From', { exact: true })).toHaveValue('2026-01-05');
	await page.getByRole('button', { name: 'Show these dates' }).click();
	await expect(page).toHaveURL(/[?&]from=2026-01-05&to=2026-01-31(&|$)/);
});

test('a column that is chosen before the scripts are there is shown', async ({ page }) => {
	const scripts = await openEarly(page, screen(`/posts?${PERIOD}`));
	await page.locator('summary', { hasText: 'Columns:' }).click();
	await page.getByRole('checkbox', { name: 'Entrances' }).check();
	await scripts();
	await expect(page).toHaveURL(/[?&]columns=[^&]*entrances/);
	await expect(page.getByRole('columnheader', { name: 'Entrances' })).toBeVisible();
	await expect(page.getByRole('checkbox', { name: 'Entrances' })).toBeChecked();
});

test('a value that is ticked before the scripts are there stays ticked', async ({ page }) => {
	const to = encodeURIComponent(`/${DEMO_SITE}?${PERIOD}`);
	const scripts = await openEarly(page, screen(`/filter?to=${to}&dimension=country`));
	await page.getByRole('checkbox', { name: /Germany/ }).check();
	await scripts();
	await expect(page.getByRole('checkbox', { name: /Germany/ })).toBeChecked();
	await page.getByRole('button', { name: 'Apply' }).click();
	await expect
		.poll(() => new URL(page.url()).searchParams.getAll('filter'))
		.toEqual(['country:is:DE']);
});

test('a link that is clicked while a step through the history is on its way is one of that step', async ({
	page
}) => {
	const filters = () => new URL(page.url()).searchParams.getAll('filter');
	const takeAway = page.getByRole('link', { name: /^Take away the filter Country/ });
	await page.goto(screen(`?${PERIOD}&filter=country%3Ais%3ADE`));
	await page.getByRole('link', { name: 'Mobile', exact: true }).click();
	await expect(page.getByRole('link', { name: /^Take away the filter Device/ })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole('link', { name: /^Take away the filter Device/ })).toHaveCount(0);

	const letGo = await hold(page, '**/__data.json*');
	const asked = page.waitForRequest(/__data\.json/);
	await page.evaluate(() => history.forward());
	await asked;
	await takeAway.click();
	letGo();
	await expect.poll(filters).toEqual(['device:is:mobile']);
	await expect(takeAway).toHaveCount(0);
});

test.describe('where segments can be saved', () => {
	let server: TestServer;
	test.beforeAll(async () => {
		server = await startServer();
		await bylineOk(server.dataDir, 'site', 'add', BLOG);
	});
	test.afterAll(() => server.stop());

	test('the name of a segment that is written before the scripts are there is kept', async ({
		page
	}) => {
		const url = `${server.url}/${BLOG}/sources?period=7d&filter=device%3Ais%3Amobile`;
		await server.signIn(page.context());
		const scripts = await openEarly(page, url);
		await page.locator('summary', { hasText: 'Segments' }).click();
		await page.getByRole('textbox', { name: 'Name of the segment' }).fill('On the road');
		await scripts();
		await expect(page.getByRole('textbox', { name: 'Name of the segment' })).toHaveValue(
			'On the road'
		);
		await page.getByRole('button', { name: 'Save' }).click();
		await expect(page.locator('summary', { hasText: 'On the road' })).toBeVisible();
	});
});
