import { expect, type Browser, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { violations } from './support/axe.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { getReport, getText, type Params } from './support/report.ts';
import { hydrated, test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'parallel' });

const PERIOD = 'period=90d&compare=none';
const overview = (more = ''): string => `${demoUrl()}/${DEMO_SITE}?${PERIOD}${more}`;
const filters = (page: Page) => page.getByRole('list', { name: 'Filters' });
const filtersIn = (page: Page): readonly string[] =>
	new URL(page.url()).searchParams.getAll('filter');
const expectFilters = async (page: Page, expected: readonly string[]): Promise<void> =>
	expect.poll(() => filtersIn(page)).toEqual(expected);
const value = (page: Page) => page.getByRole('combobox', { name: 'Value' });
const options = (page: Page) => page.getByRole('listbox').getByRole('option');

const expectVisitors = async (page: Page, params: Params): Promise<void> => {
	const asked = { period: '90d', compare: 'none', ...params };
	const { totals } = await getReport(demoUrl(), DEMO_SITE, 'overview', asked);
	await expect(page.locator('a.kpi data[data-metric=visitors]').first()).toHaveAttribute(
		'value',
		String(totals.visitors)
	);
};

const violationsBesideTables = (page: Page): Promise<readonly string[]> =>
	violations(page, { exclude: 'table' });

test('with the mouse: a filter is added, changed, joined by another, taken away', async ({
	page
}) => {
	const problems = watch(page);
	await page.goto(overview());
	// Before its script has come the link leads to a page of its own.
	await page.waitForLoadState('networkidle');
	await page.getByRole('link', { name: 'Add filter' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add filter' });
	await dialog.getByRole('combobox', { name: 'Dimension' }).selectOption('Country');
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'countries', { period: '90d' });
	await expect(options(page).first().locator('data')).toHaveAttribute(
		'value',
		String(rows[0]?.visitors)
	);
	await options(page).filter({ hasText: 'Germany' }).click();
	await options(page).filter({ hasText: 'France' }).click();
	await dialog.getByRole('button', { name: 'Apply' }).click();
	await expect(dialog).toHaveCount(0);
	await expectFilters(page, ['country:is:DE|FR']);
	await expect(filters(page)).toContainText('Country is Germany or France');
	await expectVisitors(page, { filter: 'country:is:DE|FR' });

	await page.getByRole('link', { name: /^Change the filter Country/ }).click();
	const change = page.getByRole('dialog', { name: 'Change filter' });
	await change.getByRole('combobox', { name: 'Operator' }).selectOption('is not');
	await change.getByRole('button', { name: 'Take away France' }).click();
	await change.getByRole('button', { name: 'Apply' }).click();
	await expectFilters(page, ['country:is_not:DE']);
	await expectVisitors(page, { filter: 'country:is_not:DE' });

	// A value of a card filters, too.
	await page.getByRole('link', { name: 'Mobile', exact: true }).click();
	await expectFilters(page, ['country:is_not:DE', 'device:is:mobile']);
	await expectVisitors(page, { filter: ['country:is_not:DE', 'device:is:mobile'] });

	await page.goBack();
	await expectFilters(page, ['country:is_not:DE']);
	await expectVisitors(page, { filter: 'country:is_not:DE' });
	await page.goForward();
	await expectFilters(page, ['country:is_not:DE', 'device:is:mobile']);
	await expectVisitors(page, { filter: ['country:is_not:DE', 'device:is:mobile'] });
	await page.getByRole('link', { name: /^Take away the filter Country/ }).click();
	await expectFilters(page, ['device:is:mobile']);
	await expectVisitors(page, { filter: 'device:is:mobile' });
	expect(problems).toEqual([]);
});

/** Presses Tab until the element that has the focus is the one. */
const tabTo = async (page: Page, name: RegExp, key = 'Tab'): Promise<void> => {
	for (let presses = 0; presses < 60; presses += 1) {
		await page.keyboard.press(key);
		const text = await page.evaluate(
			() =>
				document.activeElement?.getAttribute('aria-label') ??
				document.activeElement?.textContent?.trim() ??
				''
		);
		if (name.test(text)) return;
	}
	throw new Error(`The Tab key does not reach ${String(name)}.`);
};

test('with the keyboard alone: a filter is added, changed and taken away', async ({ page }) => {
	const problems = watch(page);
	await page.goto(overview());
	await page.waitForLoadState('networkidle');
	await tabTo(page, /^Add filter$/);
	await page.keyboard.press('Enter');
	await expect(value(page)).toBeFocused();
	await page.keyboard.type('goog');
	await expect(options(page).first()).toContainText('Google');
	await expect(value(page)).toHaveAttribute('aria-activedescendant', /-0$/);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Take away Google' })).toBeVisible();
	// At once, before the values of an empty text have come.
	await page.keyboard.press('Enter');
	await expectFilters(page, ['source:is:Google']);
	await expectVisitors(page, { filter: 'source:is:Google' });

	// The focus is back on what opened the editor.
	await expect(page.getByRole('link', { name: 'Add filter' })).toBeFocused();
	await tabTo(page, /^Change the filter Source is Google$/, 'Shift+Tab');
	await page.keyboard.press('Enter');
	await expect(value(page)).toBeFocused();
	await page.keyboard.press('Backspace');
	await expect(page.getByRole('button', { name: 'Take away Google' })).toHaveCount(0);
	// Values come from the server; before them there is nothing to walk through.
	await expect(options(page).nth(1)).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	const second = await options(page).nth(1).locator('span.any-text').innerText();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Control+Enter');
	await expectFilters(page, [`source:is:${second}`]);

	await expect(page.getByRole('link', { name: /^Change the filter/ })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(value(page)).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await tabTo(page, /^Take away the filter/);
	await page.keyboard.press('Enter');
	await expectFilters(page, []);
	expect(problems).toEqual([]);
});

test('a text of one’s own is a value; every dimension has its values and operators', async ({
	page
}) => {
	const problems = watch(page);
	await page.goto(overview());
	await page.getByRole('link', { name: 'Add filter' }).click();
	const dimension = page.getByRole('combobox', { name: 'Dimension' });
	// The editor comes with a script of its own.
	await expect(dimension.locator('option')).toHaveCount(22);
	const names = await dimension.locator('option').allInnerTexts();
	for (const name of names) {
		const answered = page.waitForResponse(/\/api\/suggestions/);
		await dimension.selectOption('Country');
		await dimension.selectOption(name);
		expect((await answered).status(), name).toBe(200);
	}
	await dimension.selectOption('Page');
	const operator = page.getByRole('combobox', { name: 'Operator' });
	await expect(operator.locator('option')).toHaveText([
		'is',
		'is not',
		'contains',
		'does not contain',
		'matches'
	]);
	await operator.selectOption('contains');
	await value(page).fill('about|us\\');
	await page.getByRole('button', { name: 'Apply' }).click();
	await expectFilters(page, ['page:contains:about\\|us\\\\']);
	await expect(filters(page)).toContainText('Page contains about|us\\');
	expect(problems).toEqual([]);
});

test('values of tables filter where they stand', async ({ page }) => {
	const problems = watch(page);
	await page.goto(`${demoUrl()}/${DEMO_SITE}/posts?${PERIOD}`);
	const row = page.getByRole('table', { name: 'Posts' }).locator('tbody tr').first();
	const title = await row.locator('th a').first().innerText();
	await row.getByRole('link', { name: `Filter by ${title}` }).focus();
	await page.keyboard.press('Enter');
	await expect(filters(page)).toContainText(`Post is ${title}`);
	await expect(
		page.getByRole('table', { name: 'Posts' }).locator('tbody tr').first()
	).toContainText(title);
	await page.goto(`${demoUrl()}/${DEMO_SITE}/topics?${PERIOD}`);
	await page.getByRole('link', { name: 'Filter by Selling', exact: true }).click();
	await expectFilters(page, ['topic:is:Selling']);
	await page.goto(`${demoUrl()}/${DEMO_SITE}/ctas?${PERIOD}`);
	const placement = page.getByRole('table').locator('tbody a[href*="filter=placement"]').first();
	const placed = await placement.innerText();
	await placement.click();
	await expectFilters(page, [`placement:is:${placed}`]);
	expect(problems).toEqual([]);
});

test('without JavaScript: a filter is added, changed and taken away', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(overview());
	await page.getByRole('link', { name: 'Add filter' }).click();
	await page.getByLabel('Dimension').selectOption('Country');
	await page.getByLabel('Value').fill('ger');
	await page.getByRole('button', { name: 'Show values' }).click();
	await page.getByRole('checkbox', { name: /Germany/ }).check();
	await page.getByRole('button', { name: 'Apply' }).click();
	await expectFilters(page, ['country:is:DE']);
	await expectVisitors(page, { filter: 'country:is:DE' });
	await page.getByRole('link', { name: /^Change the filter/ }).click();
	await expect(page.getByRole('checkbox', { name: /Germany/ })).toBeChecked();
	await page.getByRole('checkbox', { name: /France/ }).check();
	await page.getByRole('button', { name: 'Apply' }).click();
	await expect(filters(page)).toContainText('Germany');
	await expect(filters(page)).toContainText('France');
	await page.getByRole('link', { name: /^Take away the filter/ }).click();
	await expectVisitors(page, {});
	await context.close();
});

test('the palette reaches what the sample blog has, and keeps period and filters', async ({
	page
}) => {
	const problems = watch(page);
	await page.goto(overview('&filter=device%3Ais%3Amobile'));
	await page.waitForLoadState('networkidle');
	const search = page.getByRole('combobox', { name: /^Post, topic/ });
	const heading = page.getByRole('heading', { level: 1 });
	const go = async (text: string, first: string | RegExp): Promise<void> => {
		await page.keyboard.press('Control+k');
		await expect(search).toBeFocused();
		await page.keyboard.type(text);
		await expect(page.getByRole('option', { selected: true })).toContainText(first);
		await expect(options(page).first()).toContainText(first);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('dialog')).toHaveCount(0);
	};
	await go('old employer', 'Selling to your old employer');
	await expect(heading).toHaveText('Selling to your old employer');
	await expect(page).toHaveURL(/\/posts\/\d+\?.*period=90d.*filter=device%3Ais%3Amobile/);
	await go('chris pet', 'Chris Peterson');
	await expect(heading).toHaveText('Chris Peterson');
	await go('email mark', /Email/);
	await expect(page).toHaveURL(/\/topics\//);
	await go('sources', 'Sources');
	await expect(heading).toHaveText('Sources');
	await go('last 7', 'Last 7 days');
	await expect(page).toHaveURL(/\/sources\?.*period=7d/);
	await expectFilters(page, ['device:is:mobile']);

	await page.locator('body').press('/');
	await expect(search).toBeFocused();
	await expect(options(page).nth(9)).toBeVisible();
	await page.keyboard.press('ArrowUp');
	await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
	// Nothing behind the dialog takes the focus.
	for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('Tab');
	expect(
		await page.evaluate(
			() =>
				document.activeElement === document.body ||
				document.activeElement?.closest('dialog') !== null
		)
	).toBe(true);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await page.getByRole('link', { name: 'Search', exact: true }).click();
	await search.fill('zzzz');
	await expect(page.getByRole('status')).toHaveText('Nothing found');
	expect(problems).toEqual([]);
});

test('a segment of the demo is applied, and nothing can be saved there', async ({ page }) => {
	const problems = watch(page);
	const list = JSON.parse(await getText(`${demoUrl()}/api/segments?site=${DEMO_SITE}`)) as {
		readonly segments: readonly { readonly name: string; readonly filters: readonly string[] }[];
	};
	const segment = list.segments.find(({ name }) => name === 'On the phone');
	await page.goto(overview('&filter=country%3Ais%3ADE'));
	await page.locator('summary', { hasText: 'Segments' }).click();
	await expect(page.getByRole('textbox', { name: 'Name of the segment' })).toHaveCount(0);
	await page.getByRole('link', { name: 'On the phone' }).click();
	await expectFilters(page, segment?.filters ?? []);
	await expectVisitors(page, { filter: segment?.filters ?? [] });
	await page.locator('summary', { hasText: 'On the phone' }).click();
	await page.getByRole('link', { name: 'All segments' }).click();
	await expect(page.getByText('The demo is read-only')).toBeVisible();
	await expect(page.getByRole('button')).toHaveCount(0);
	expect(problems).toEqual([]);
	const refused = await page.request.post(`${demoUrl()}/api/segments?site=${DEMO_SITE}`, {
		data: { name: 'Mine', filters: ['device:is:mobile'] }
	});
	expect(refused.status()).toBe(403);
	expect(await refused.text()).toContain('This dashboard is read-only');
});

const BLOG = 'blog.example.com';

const withBlog = async (run: (server: TestServer) => Promise<void>): Promise<void> => {
	const server = await startServer();
	try {
		await bylineOk(server.dataDir, 'site', 'add', BLOG);
		await run(server);
	} finally {
		await server.stop();
	}
};

const saveAndChange = async (
	browser: Browser,
	server: TestServer,
	{ javaScript, shared }: { readonly javaScript: boolean; readonly shared: boolean }
): Promise<void> => {
	const context = await browser.newContext({
		javaScriptEnabled: javaScript,
		storageState: await server.storageState()
	});
	const page = await context.newPage();
	const problems = watch(page);
	const screen = `${server.url}/${BLOG}/sources?period=7d`;
	await page.goto(`${screen}&filter=device%3Ais%3Amobile&filter=country%3Ais_not%3ADE`);
	if (javaScript) await hydrated(page);
	await page.locator('summary', { hasText: 'Segments' }).click();
	await page.getByRole('textbox', { name: 'Name of the segment' }).fill('On the road');
	const forAll = page.getByRole('checkbox', { name: 'For everybody on this site' });
	await forAll.setChecked(shared);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.locator('summary', { hasText: 'On the road' })).toBeVisible();
	expect(filtersIn(page)).toEqual(['device:is:mobile', 'country:is_not:DE']);

	await page.goto(screen);
	await page.locator('summary', { hasText: 'Segments' }).click();
	await page.getByRole('link', { name: /^On the road/ }).click();
	await expectFilters(page, ['device:is:mobile', 'country:is_not:DE']);

	await page.locator('summary', { hasText: 'On the road' }).click();
	await page.getByRole('link', { name: 'All segments' }).click();
	await expect(page.getByText('only you')).toHaveCount(shared ? 0 : 1);
	await page.getByRole('textbox', { name: 'New name of On the road' }).fill('Travellers');
	await page.getByRole('button', { name: 'Rename On the road' }).click();
	await expect(page.getByRole('link', { name: 'Travellers' })).toBeVisible();
	expect(problems.filter((problem) => !problem.includes('/_app/immutable/'))).toEqual([]);

	await page.getByRole('textbox', { name: 'Name of the segment' }).fill('travellers');
	await forAll.setChecked(shared);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toContainText('already');
	await page.getByRole('button', { name: 'Delete Travellers' }).click();
	await expect(page.getByText('No segment yet')).toBeVisible();
	await context.close();
};

test('a segment is saved, applied, renamed and deleted, with and without JavaScript', async ({
	browser
}) => {
	await withBlog(async (server) => {
		await saveAndChange(browser, server, { javaScript: true, shared: false });
		await saveAndChange(browser, server, { javaScript: false, shared: true });
	});
});

for (const mode of [
	{ colorScheme: 'light', viewport: { width: 1440, height: 900 } },
	{ colorScheme: 'dark', viewport: { width: 390, height: 844 } }
] as const)
	test(`editor, palette, segments and their pages are accessible, ${mode.colorScheme}`, async ({
		browser
	}) => {
		const context = await browser.newContext({ ...mode, reducedMotion: 'reduce' });
		const page = await context.newPage();
		const problems = watch(page);
		await page.goto(overview('&filter=country%3Ais_not%3ADE&filter=topic%3Ais%3ASelling'));
		await hydrated(page);
		// Cards that come late are looked at, too.
		await page.waitForLoadState('networkidle');
		await page.locator('summary', { hasText: 'Segments' }).click();
		expect.soft(await violationsBesideTables(page), 'segments').toEqual([]);
		await page.keyboard.press('Escape');
		await page.getByRole('link', { name: 'Add filter' }).click();
		await expect(options(page).first()).toBeVisible();
		await options(page).first().click();
		expect.soft(await violationsBesideTables(page), 'editor').toEqual([]);
		await page.keyboard.press('Escape');
		await page.keyboard.press('Control+k');
		await expect(options(page).nth(9)).toBeVisible();
		expect.soft(await violationsBesideTables(page), 'palette').toEqual([]);
		await page.keyboard.press('Escape');
		const to = encodeURIComponent(`/${DEMO_SITE}?filter=country:is:DE`);
		for (const path of ['filter', 'segments']) {
			await page.goto(`${demoUrl()}/${DEMO_SITE}/${path}?to=${to}`);
			expect.soft(await violationsBesideTables(page), path).toEqual([]);
			expect
				.soft(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path)
				.toBeLessThanOrEqual(0);
		}
		expect.soft(problems).toEqual([]);
		await context.close();
	});
