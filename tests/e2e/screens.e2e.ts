import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { keepRows, violations } from './support/axe.ts';
import { parseCsv } from './support/csv.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { figureText, oneBlank, shortFigureText } from './support/figure-text.ts';
import { isDrawn } from './support/is-drawn.ts';
import { getReport, getText, type Params, type Report, type Row } from './support/report.ts';
import { SCREENS, screenUrl, type Screen } from './support/screens.ts';
import { readServed, type Figure } from './support/served.ts';
import { hydrated, test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'parallel' });

const ROWS_A_PAGE = 50;
const RANGES: readonly Params[] = [
	{ period: 'today', compare: 'none' },
	{ period: '7d', compare: 'year' },
	{ period: '12m', compare: 'none' },
	{ period: 'all' }
];

const unitOf = ({ columns }: Report, metric: string): string =>
	columns.find(({ id }) => id === metric)?.unit ??
	(/_rate$|_ratio$|_ctr$/.test(metric) ? 'ratio' : 'count');

/** What a screen must show of a row: the metrics that are numbers. A missing value is no number anywhere. */
const expected = (
	report: Report,
	row: Row,
	metrics: readonly string[],
	textOf = figureText
): readonly Figure[] =>
	metrics.flatMap((metric) => {
		const value = row[metric];
		return typeof value === 'number'
			? [{ metric, value: String(value), text: textOf(value, unitOf(report, metric)) }]
			: [];
	});

const shown = (figures: readonly Figure[], metrics: readonly string[]): readonly Figure[] =>
	metrics.flatMap((metric) =>
		figures
			.filter((figure) => figure.metric === metric && figure.value !== '')
			.slice(0, 1)
			.map((figure) => ({ ...figure, text: oneBlank(figure.text) }))
	);

const reportOf = async (screen: Screen, params: Params): Promise<Report> =>
	getReport(demoUrl(), DEMO_SITE, screen.report ?? '', {
		...params,
		...(screen.filter === undefined ? {} : { filter: await screen.filter() })
	});

/** Compares every figure of a screen's HTML, as served, with the report's JSON. */
const expectFigures = async (page: Page, screen: Screen, params: Params): Promise<void> => {
	const url = await screenUrl(screen, params);
	const [served, report] = [
		await readServed(page, await getText(url)),
		await reportOf(screen, params)
	];
	const { figures = [], table } = screen;
	expect(shown(served.figures, figures), url).toEqual(
		expected(report, report.totals, figures, shortFigureText)
	);
	if (figures.length > 0) expect(served.figures.length, url).toBeGreaterThan(0);
	if (table !== undefined) {
		const rows = served.tables.find(({ caption }) => caption === table.caption)?.rows ?? [];
		const due = report.rows.slice(0, ROWS_A_PAGE);
		expect(rows.length, url).toBe(due.length);
		due.forEach((row, at) =>
			expect(shown(rows[at]?.figures ?? [], table.metrics), `${url}, row ${at + 1}`).toEqual(
				expected(report, row, table.metrics)
			)
		);
	}
	if (screen.compares !== true) return;
	if (params.compare === 'none' || params.period === 'all') expect(served.before, url).toEqual([]);
	else {
		const totals = report.compare?.totals ?? {};
		const before = expected(report, totals, figures);
		expect(served.before.map(oneBlank), url).toEqual(
			expect.arrayContaining(
				before
					.filter(({ metric }) => typeof report.totals[metric] === 'number')
					.map(({ text }) => text)
			)
		);
	}
};

for (const screen of SCREENS.filter(({ report }) => report !== null))
	test(`${screen.name}: the figures are in the served HTML`, async ({ page }) => {
		for (const params of RANGES) await expectFigures(page, screen, params);
	});

test('recent: the readers so far are in the served HTML', async ({ page }) => {
	const recent = SCREENS.find(({ name }) => name === 'recent')!;
	const served = await readServed(page, await getText(await screenUrl(recent)));
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'recent');
	const last = new Map(rows.map((row) => [row.post_id, row.readers_cumulative]));
	expect(last.size).toBe(10);
	expect(
		served.figures
			.filter(({ metric }) => metric === 'readers_cumulative')
			.map(({ text }) => oneBlank(text))
	).toEqual([...last.values()].map((readers) => figureText(Number(readers), 'count')));
});

test('overview: the chart’s table has the days of the report', async ({ page }) => {
	const params = { period: '30d', compare: 'none' };
	const overview = SCREENS.find(({ name }) => name === 'overview')!;
	const served = await readServed(page, await getText(await screenUrl(overview, params)));
	const report = await reportOf(overview, params);
	const rows = served.tables.find(({ rows }) => rows.length === 30)?.rows ?? [];
	expect(rows.map(({ cells }) => oneBlank(cells[0] ?? ''))).toEqual(
		report.rows.map(({ readers }) => figureText(Number(readers), 'count'))
	);
});

/** How far the page can be scrolled sideways, in pixels. */
const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => {
		window.scrollTo(10_000, 0);
		const far = window.scrollX;
		window.scrollTo(0, 0);
		return far;
	});

const MODES = [
	{ colorScheme: 'light', viewport: { width: 1440, height: 900 } },
	{ colorScheme: 'dark', viewport: { width: 390, height: 844 } }
] as const;

for (const screen of SCREENS)
	test(`${screen.name}: clean, accessible and no wider than the screen`, async ({ browser }) => {
		for (const mode of MODES) {
			const context = await browser.newContext({ ...mode, reducedMotion: 'reduce' });
			const page = await context.newPage();
			const problems = watch(page);
			const response = await page.goto(await screenUrl(screen, { period: '7d', compare: 'year' }));
			expect(response?.status()).toBe(200);
			await hydrated(page);
			await page.waitForLoadState('networkidle');
			expect.soft(await overflow(page), `${mode.viewport.width} px`).toBe(0);
			if (mode.viewport.width === 390) {
				await page.setViewportSize({ width: 360, height: 800 });
				expect.soft(await overflow(page), '360 px').toBe(0);
				await page.setViewportSize(mode.viewport);
			}
			// Wide screens are looked at by access.e2e.ts.
			if (mode.viewport.width === 390) {
				await keepRows(page, 10);
				expect.soft(await violations(page), `axe, ${mode.colorScheme}`).toEqual([]);
			}
			expect.soft(problems).toEqual([]);
			await context.close();
		}
	});

test('the charts are drawn', async ({ page }) => {
	await page.goto(`${demoUrl()}/${DEMO_SITE}`);
	await expect.poll(() => isDrawn(page.locator('canvas').first())).toBe(true);
});

const kpi = (page: Page, metric: string) =>
	page.locator(`a.kpi data[data-metric=${metric}]`).first();

const expectKpi = async (page: Page, params: Params): Promise<void> => {
	const { totals } = await getReport(demoUrl(), DEMO_SITE, 'overview', params);
	await expect(kpi(page, 'page_views')).toHaveAttribute('value', String(totals.page_views));
};

const choose = async (page: Page, menu: string, item: string): Promise<void> => {
	await page.locator('summary', { hasText: `${menu}:` }).click();
	await page.getByRole('link', { name: item, exact: true }).click();
};

test('period and compare change the address and the figures, and back undoes each', async ({
	page
}) => {
	const problems = watch(page);
	await page.goto(`${demoUrl()}/${DEMO_SITE}?period=7d`);
	await expectKpi(page, { period: '7d' });

	await choose(page, 'Period', 'Last 12 months');
	await expect(page).toHaveURL(/[?&]period=12m(&|$)/);
	await expectKpi(page, { period: '12m' });

	await choose(page, 'Compare with', 'Year before');
	await expect(page).toHaveURL(/[?&]compare=year(&|$)/);
	const { compare } = await getReport(demoUrl(), DEMO_SITE, 'overview', {
		period: '12m',
		compare: 'year'
	});
	const before = `Before: ${figureText(Number(compare?.totals.page_views), 'count')}`;
	const card = page.locator('a.kpi', { has: page.locator('data[data-metric=page_views]') });
	await expect(card.getByTitle(before)).toBeVisible();

	await choose(page, 'Compare with', 'No comparison');
	await expect(page).toHaveURL(/[?&]compare=none(&|$)/);
	await expect(page.getByTitle(/^Before: /)).toHaveCount(0);

	await page.goBack();
	await expect(page).toHaveURL(/[?&]compare=year(&|$)/);
	await expect(page.getByTitle(before).first()).toBeVisible();
	await page.goBack();
	await page.goBack();
	await expect(page).toHaveURL(/period=7d$/);
	await expectKpi(page, { period: '7d' });
	expect(problems).toEqual([]);
});

test('links lead from screen to screen with the period, and back', async ({ page }) => {
	const problems = watch(page);
	const heading = page.getByRole('heading', { level: 1 });
	const screens = page.getByRole('navigation', { name: 'Screens' });
	await page.goto(`${demoUrl()}/${DEMO_SITE}?period=12m&compare=none`);
	for (const [link, title] of [
		['Posts', 'Posts'],
		['Recent', 'Recent posts'],
		['Topics', 'Topics'],
		['Authors', 'Authors'],
		['CTAs', 'CTAs'],
		['Sources', 'Sources'],
		['Settings', 'Settings'],
		['Overview', 'Overview']
	] as const) {
		await screens.getByRole('link', { name: link, exact: true }).click();
		await expect(heading).toHaveText(title);
		await expect(page).toHaveURL(/[?&]period=12m(&|$)/);
	}
	await screens.getByRole('link', { name: 'Posts', exact: true }).click();
	await expect(heading).toHaveText('Posts');
	const posts = page.getByRole('table', { name: 'Posts' });
	const first = posts.locator('tbody tr').first();
	const title = await first.locator('th a').first().innerText();
	await first.locator('th a').first().click();
	await expect(heading).toHaveText(title);
	await expect(page).toHaveURL(/\/posts\/\d+\?.*period=12m/);
	const author = page.locator('main a[href*="/authors/"]').first();
	const name = await author.innerText();
	await author.click();
	await expect(heading).toHaveText(name);
	await page.locator('main tbody a[href*="/topics/"]').first().click();
	await expect(page).toHaveURL(/\/topics\/[^/]+\?.*period=12m/);
	await page.goBack();
	await expect(heading).toHaveText(name);
	await page.goBack();
	await expect(heading).toHaveText(title);
	await page.goBack();
	await expect(heading).toHaveText('Posts');
	expect(problems).toEqual([]);
});

test('a filter narrows the figures of the screens after it, until it is taken away', async ({
	page
}) => {
	await page.goto(`${demoUrl()}/${DEMO_SITE}/sources?period=12m`);
	// Google is a source of organic and of paid search.
	await page.getByRole('table').getByRole('link', { name: 'Google', exact: true }).first().click();
	await expect(page.getByRole('list', { name: 'Filters' })).toContainText('Google');
	await page
		.getByRole('navigation', { name: 'Screens' })
		.getByRole('link', { name: 'Overview', exact: true })
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
	await expectKpi(page, { period: '12m', filter: 'source:is:Google' });
	await page.getByRole('link', { name: /^Take away the filter/ }).click();
	await expect(page.getByRole('list', { name: 'Filters' })).toHaveCount(0);
	await expectKpi(page, { period: '12m' });
});

test('without JavaScript: tables, links, periods and the CSV work', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true });
	const page = await context.newPage();
	const problems = watch(page);
	const heading = page.getByRole('heading', { level: 1 });
	await page.goto(`${demoUrl()}/${DEMO_SITE}?period=7d`);
	await expectKpi(page, { period: '7d' });
	await page.locator('summary', { hasText: 'Table' }).first().click();
	await expect(page.getByRole('table').first()).toBeVisible();

	await choose(page, 'Period', 'Last 90 days');
	await expect(page).toHaveURL(/[?&]period=90d(&|$)/);
	await expectKpi(page, { period: '90d' });

	await page
		.getByRole('navigation', { name: 'Screens' })
		.getByRole('link', { name: 'Posts', exact: true })
		.click();
	await expect(heading).toHaveText('Posts');
	const params = { period: '90d', compare: 'none', sort: '-page_views' };
	await page.getByRole('columnheader', { name: 'Page views' }).getByRole('link').click();
	await expect(page.getByRole('columnheader', { name: 'Page views' })).toHaveAttribute(
		'aria-sort',
		'descending'
	);
	const { columns, rows } = await getReport(demoUrl(), DEMO_SITE, 'posts', params);
	const first = page.getByRole('table', { name: 'Posts' }).locator('tbody tr').first();
	await expect(first.locator('data[data-metric=page_views]')).toHaveAttribute(
		'value',
		String(rows[0]?.page_views)
	);

	const downloaded = page.waitForEvent('download');
	await page.getByRole('link', { name: 'CSV of posts' }).click();
	const download = await downloaded;
	expect(download.suggestedFilename()).toMatch(
		/^byline_demo-blog\.example_posts_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/
	);
	const text = await readFile(await download.path(), 'utf8');
	expect(text.slice(0, text.indexOf('\r\n')).split(',')).toEqual(columns.map(({ id }) => id));
	const exported = parseCsv(text);
	expect(exported.length).toBe(rows.length);
	expect(exported.map((row) => [row.path, row.page_views, row.reads])).toEqual(
		rows.map((row) => [row.path, String(row.page_views), String(row.reads)])
	);

	await first.locator('th a').first().click();
	await expect(heading).toHaveText(String(rows[0]?.title));
	await page.goBack();
	await expect(heading).toHaveText('Posts');
	// Chromium calls a script that may not run a failed request.
	expect(problems.filter((problem) => !problem.includes('/_app/immutable/'))).toEqual([]);
	await context.close();
});
