import { expect, type Page } from '@playwright/test';
import { METRICS } from '../../analytics/metrics.ts';
import { CHROME, post } from '../http/client.ts';
import { BLOG, startBlog } from '../http/start-blog.ts';
import { keepRows, violations } from './support/axe.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { figureText, oneBlank } from './support/figure-text.ts';
import { getCsv, getReport, getText, searchOf, type Params, type Row } from './support/report.ts';
import { readServed } from './support/served.ts';
import { hydrated, test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'parallel' });

const CTA = 'pipeline-playbook';
const OWN = `cta:is:${CTA}`;

const urlOf = (path: string, params: Params = {}): string =>
	`${demoUrl()}/${DEMO_SITE}${path}${searchOf(params)}`;

interface Table {
	readonly path: string;
	readonly caption: string;
	readonly report: string;
	/** What the screen asks of its report beside its own query string. */
	readonly ask?: Params;
	readonly metrics: readonly string[];
	readonly search: string;
}

const AUDIENCE = ['visitors', 'page_views', 'readers'];
const TABLES: readonly Table[] = [
	{
		path: '/audience',
		caption: 'Countries',
		report: 'countries',
		metrics: AUDIENCE,
		search: 'Germany'
	},
	{
		path: '/audience/devices',
		caption: 'Devices',
		report: 'devices',
		metrics: AUDIENCE,
		search: 'mobile'
	},
	{
		path: '/audience/browsers',
		caption: 'Browsers',
		report: 'browsers',
		metrics: AUDIENCE,
		search: 'chrome'
	},
	{
		path: '/audience/os',
		caption: 'Operating systems',
		report: 'os',
		metrics: AUDIENCE,
		search: 'win'
	},
	{
		path: '/posts/pages',
		caption: 'Pages',
		report: 'pages',
		metrics: AUDIENCE,
		search: 'selling'
	},
	{
		path: '/posts/attribution',
		caption: 'Conversions credited to posts',
		report: 'attribution',
		metrics: ['direct', 'first', 'last', 'linear'],
		search: 'price'
	},
	{
		path: '/sources?by=utm_campaign',
		caption: 'Sources by UTM campaign',
		report: 'sources',
		ask: { by: 'utm_campaign' },
		metrics: ['visitors', 'readers', 'reads', 'subscribes', 'conversions', 'bounce_rate'],
		search: 'issue'
	},
	{
		path: '/ctas?by=cta',
		caption: 'Calls to action by cta',
		report: 'ctas',
		ask: { by: 'cta' },
		metrics: ['cta_eligible', 'cta_exposed', 'cta_clickers', 'cta_ctr'],
		search: 'playbook'
	},
	...(
		[
			['By placement', 'placement'],
			['By variant', 'cta,variant'],
			['By post', 'page']
		] as const
	).map(([caption, by]) => ({
		path: `/ctas/${CTA}`,
		caption,
		report: 'ctas',
		ask: { by, filter: OWN },
		metrics: ['cta_eligible', 'cta_impressions', 'cta_exposed', 'cta_clickers', 'cta_ctr'],
		search: by === 'page' ? 'sell' : ''
	}))
];

const numbers = (row: Row, metrics: readonly string[]): readonly string[] =>
	metrics.flatMap((id) => (typeof row[id] === 'number' ? [`${id} ${String(row[id])}`] : []));

/** A table's figures as its HTML has them, row by row. */
const servedRows = async (page: Page, url: string, { caption, metrics }: Table) => {
	const served = await readServed(page, await getText(url));
	const table = served.tables.find((one) => one.caption === caption);
	expect(table, `${url}, ${caption}`).toBeDefined();
	return {
		totals: table?.totals ?? [],
		rows: (table?.rows ?? []).map(({ figures }) =>
			metrics.flatMap((id) =>
				figures
					.filter(({ metric }) => metric === id)
					.map(({ metric, value }) => `${metric} ${value}`)
			)
		)
	};
};

for (const table of TABLES)
	test(`${table.path}, ${table.caption}: figures are those of the JSON and of the CSV`, async ({
		page
	}) => {
		const joint = table.path.includes('?') ? '&' : '?';
		for (const q of ['', ...(table.search === '' ? [] : [table.search])]) {
			const params = { period: '90d', ...(q === '' ? {} : { q }) };
			const url = `${urlOf(table.path)}${joint}${searchOf(params).slice(1)}`;
			const asked = { ...params, compare: 'none', ...table.ask };
			const report = await getReport(demoUrl(), DEMO_SITE, table.report, asked);
			const csv = await getCsv(demoUrl(), DEMO_SITE, table.report, asked);
			expect(report.rows.length).toBeGreaterThan(0);
			const { rows, totals } = await servedRows(page, url, table);
			expect(rows, url).toEqual(report.rows.slice(0, 50).map((row) => numbers(row, table.metrics)));
			expect(
				csv.map((row) =>
					table.metrics.flatMap((id) => (row[id] === '' ? [] : [`${id} ${row[id] ?? ''}`]))
				)
			).toEqual(report.rows.map((row) => numbers(row, table.metrics)));
			for (const { metric, value } of totals)
				expect(value, `${url}, ${metric} of all`).toBe(String(report.totals[metric] ?? ''));
		}
	});

test('the CSV beside a table is what the table shows, in full', async ({ page }) => {
	for (const { path, report } of TABLES) {
		const served = await readServed(page, await getText(urlOf(path)));
		const href = served.csv ?? '';
		expect(href, path).toContain(`/api/reports/${report}.csv?`);
		expect((await fetch(demoUrl() + href)).status, href).toBe(200);
	}
});

test('attribution: four models share out the same conversions', async () => {
	const { rows, totals } = await getReport(demoUrl(), DEMO_SITE, 'attribution', { period: '90d' });
	for (const model of ['direct', 'first', 'last', 'linear']) {
		const sum = rows.reduce((whole, row) => whole + Number(row[model]), 0);
		expect(sum).toBeCloseTo(Number(totals.direct), 6);
	}
});

test('columns are chosen in a menu, stand in the address and in the CSV', async ({ page }) => {
	const problems = watch(page);
	await page.goto(urlOf('/posts', { period: '90d' }));
	const table = page.getByRole('table', { name: 'Posts' });
	const header = (name: string) => table.getByRole('columnheader', { name, exact: true });
	await expect(header('Reads')).toHaveCount(0);
	await page.locator('summary', { hasText: 'Columns:' }).click();
	await page.getByRole('checkbox', { name: 'Reads', exact: true }).check();
	await expect(header('Reads')).toBeVisible();
	await page.getByRole('checkbox', { name: 'CTR', exact: true }).uncheck();
	await expect(header('CTR')).toHaveCount(0);
	await expect(page).toHaveURL(/[?&]columns=[a-z_%2C]*reads/);
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'posts', { period: '90d' });
	await expect(table.locator('tbody data[data-metric=reads]').first()).toHaveAttribute(
		'value',
		String(rows[0]?.reads)
	);
	const href = (await page.getByRole('link', { name: 'CSV of posts' }).getAttribute('href')) ?? '';
	const head = (await getText(demoUrl() + href)).split('\r\n', 1)[0];
	expect(head).toBe(
		'post_id,path,title,authors,topics,published_at,page_views,readers,reads,read_ratio,engaged_seconds_avg,subscribe_rate,subscribe_rate_low,subscribe_rate_high,conversions'
	);
	await page.goBack();
	await expect(header('CTR')).toBeVisible();
	await page.getByRole('link', { name: 'Usual columns' }).click();
	await expect(header('Reads')).toHaveCount(0);
	expect(new URL(page.url()).searchParams.has('columns')).toBe(false);
	expect(problems).toEqual([]);
});

test('an unknown column is refused by the API and passed over by the screen', async ({ page }) => {
	const params = { site: DEMO_SITE, columns: 'readers,nonsense' };
	const answer = await fetch(`${demoUrl()}/api/reports/posts${searchOf(params)}`);
	expect(answer.status).toBe(400);
	expect(await answer.text()).toContain('#/columns');
	const response = await page.goto(urlOf('/posts', { columns: 'readers,nonsense' }));
	expect(response?.status()).toBe(200);
	await expect(page.getByRole('columnheader')).toHaveText([
		'Title',
		'Published',
		/Readers/,
		'30 days'
	]);
});

test('typing searches a table, and back undoes the search', async ({ page }) => {
	await page.goto(urlOf('/topics'));
	const rows = page.getByRole('table', { name: 'Topics' }).locator('tbody tr');
	await expect(rows).toHaveCount(12);
	await page.waitForLoadState('networkidle');
	await page.getByRole('searchbox').pressSequentially('pric');
	await expect(rows).toHaveCount(1);
	await expect(page).toHaveURL(/[?&]q=pric(&|$)/);
	await expect(page.getByRole('searchbox')).toBeFocused();
	await page.getByRole('searchbox').fill('no such topic');
	await expect(page.getByText('No topic mentions “no such topic”')).toBeVisible();
	await page.goBack();
	await expect(rows).toHaveCount(12);
});

test('keys move through the rows, one of them in the tab order, and Enter opens', async ({
	page
}) => {
	await page.goto(urlOf('/posts'));
	await page.waitForLoadState('networkidle');
	const links = page.getByRole('table', { name: 'Posts' }).locator('tbody th a[data-opens]');
	await expect(links.nth(1)).toHaveAttribute('tabindex', '-1');
	await links.first().focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await expect(links.nth(1)).toBeFocused();
	await expect(links.nth(1)).toHaveAttribute('tabindex', '0');
	await expect(links.first()).toHaveAttribute('tabindex', '-1');
	await page.keyboard.press('End');
	await expect(links.last()).toBeFocused();
	await expect(links.last()).toBeInViewport();
	await page.keyboard.press('Home');
	const title = await links.first().innerText();
	await expect(links.first()).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('keys lead to the figures of a row, which say what they are, and back', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(urlOf('/posts'));
	await page.waitForLoadState('networkidle');
	const rows = page.getByRole('table', { name: 'Posts' }).locator('tbody tr');
	const figure = (row: number, metric: string) => rows.nth(row).locator(`[data-metric=${metric}]`);
	await rows.first().locator('th a[data-opens]').focus();
	await page.keyboard.press('ArrowRight');
	await expect(figure(0, 'page_views')).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(figure(0, 'read_ratio')).toBeFocused();
	await expect(figure(0, 'read_ratio')).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('tooltip')).toContainText(METRICS.read_ratio.definition);
	await page.keyboard.press('ArrowDown');
	await expect(figure(1, 'read_ratio')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('tooltip')).toHaveCount(0);
	for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('ArrowLeft');
	await expect(rows.nth(1).locator('th a[data-opens]')).toBeFocused();
});

test('keys lead from the last row to the totals, whose figures say what they are', async ({
	page
}) => {
	await page.goto(urlOf('/posts?period=30d&compare=none'));
	await page.waitForLoadState('networkidle');
	const table = page.getByRole('table', { name: 'Posts' });
	const total = table.locator('tfoot [data-total=read_ratio]');
	await table.locator('tbody th a[data-opens]').last().focus();
	await page.keyboard.press('ArrowDown');
	await expect(table.locator('tfoot th')).toBeFocused();
	for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('ArrowRight');
	await expect(total).toBeFocused();
	await expect(page.getByRole('tooltip')).toContainText(METRICS.read_ratio.definition);
	await expect(page.getByRole('tooltip')).toContainText(
		/[\d,]+ reads \/ [\d,]+ measured page views/
	);
	await expect(page.getByRole('tooltip')).toContainText(/95\s% interval: [\d.]+–[\d.]+\s%/);
	await page.keyboard.press('ArrowUp');
	await expect(table.locator('tbody tr').last().locator(':focus')).toHaveCount(1);
});

test('keys lead to a figure that is missing, which says why, and a heading without an order says what it is', async ({
	page
}) => {
	await page.goto(urlOf('/posts?period=today&compare=none'));
	await page.waitForLoadState('networkidle');
	const table = page.getByRole('table', { name: 'Posts' });
	const row = table.locator('tbody tr', { has: page.getByTitle('Nothing to divide by') }).first();
	await row.locator('th a[data-opens]').focus();
	await expect(async () => {
		await page.keyboard.press('ArrowRight');
		await expect(page.getByRole('tooltip')).toContainText('Nothing to divide by', { timeout: 500 });
	}).toPass();
	await page.keyboard.press('ArrowLeft');
	await expect(row.locator(':focus')).toHaveCount(1);
	await expect(table.getByTitle('Nothing to divide by').first()).toBeVisible();
	await table.getByRole('columnheader', { name: '30 days' }).getByRole('button').focus();
	await page.keyboard.press('Shift');
	await expect(page.getByRole('tooltip')).toContainText('Readers per day over the last 30 days');
});

test('keys lead to the figures of a card', async ({ page }) => {
	await page.goto(urlOf('?period=30d'));
	await page.waitForLoadState('networkidle');
	const rows = page.getByRole('table').filter({ hasText: 'Topic' }).locator('tbody tr');
	await rows.first().getByRole('link').first().focus();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowRight');
	await expect(rows.nth(1).locator('[data-metric=readers]')).toBeFocused();
	await expect(page.getByRole('tooltip')).toContainText(METRICS.readers.definition);
});

test('a click in a row opens its post; a selection and a held key stay what they are', async ({
	page,
	context
}) => {
	await page.goto(urlOf('/posts'));
	await page.waitForLoadState('networkidle');
	const row = page.getByRole('table', { name: 'Posts' }).locator('tbody tr').nth(1);
	const title = await row.locator('th a').first().innerText();
	const cell = row.locator('td').first();

	const opened = context.waitForEvent('page');
	await cell.click({ modifiers: ['ControlOrMeta'] });
	const tab = await opened;
	await expect(tab.getByRole('heading', { level: 1 })).toHaveText(title);
	await tab.close();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Posts');

	await cell.evaluate((element) => window.getSelection()?.selectAllChildren(element));
	await cell.evaluate((element) => (element as HTMLElement).click());
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Posts');
	await page.evaluate(() => window.getSelection()?.removeAllRanges());

	await cell.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('the header stays in view while a table scrolls, wide and narrow', async ({ page }) => {
	for (const [width, height] of [
		[1440, 900],
		[768, 900],
		[390, 844]
	] as const) {
		await page.setViewportSize({ width, height });
		await page.goto(urlOf('/posts'));
		await page.waitForLoadState('networkidle');
		const rows = page.getByRole('table', { name: 'Posts' }).locator('tbody tr');
		await rows.nth(20).scrollIntoViewIfNeeded();
		await expect(rows.nth(20), `${width} px`).toBeInViewport();
		await expect(page.getByRole('columnheader', { name: 'Title' }), `${width} px`).toBeInViewport({
			ratio: 0.9
		});
	}
});

test('rates rank by their floor, and too little evidence says so', async ({ page }) => {
	await page.goto(urlOf('/posts', { columns: 'readers,subscribe_rate,subscribe_rate_estimate' }));
	await page
		.getByRole('columnheader', { name: 'Subscribe rate', exact: true })
		.getByRole('link')
		.click();
	await expect(page).toHaveURL(/[?&]sort=-subscribe_rate_floor(&|$)/);
	const { rows, totals } = await getReport(demoUrl(), DEMO_SITE, 'posts', {
		sort: '-subscribe_rate_floor'
	});
	const cells = page.locator('tbody data[data-metric=subscribe_rate_estimate]');
	await expect(cells.first()).toHaveAttribute('value', String(rows[0]?.subscribe_rate_estimate));
	const shown = await cells.allInnerTexts();
	const due = rows.slice(0, 50).flatMap((row) => {
		const [low, high] = [Number(row.subscribe_rate_low), Number(row.subscribe_rate_high)];
		const [estimate, mean] = [row.subscribe_rate_estimate, Number(totals.subscribe_rate)];
		if (typeof estimate !== 'number') return [];
		const odds = (rate: number): number => rate / (1 - rate);
		const isEarly =
			low <= mean &&
			high >= mean &&
			odds(low) * 1.5 <= odds(mean) &&
			odds(high) >= odds(mean) * 1.5;
		return [isEarly ? 'too early to say' : figureText(estimate, 'ratio')];
	});
	expect(shown.map(oneBlank)).toEqual(due);
	expect(due).toContain('too early to say');
});

test('a call to action: from the register to its screen and to a post', async ({ page }) => {
	const problems = watch(page);
	const heading = page.getByRole('heading', { level: 1 });
	await page.goto(urlOf('/ctas', { period: '90d', by: 'cta' }));
	await page.getByRole('link', { name: CTA, exact: true }).click();
	await expect(heading).toHaveText(CTA);
	await expect(page).toHaveURL(/\/ctas\/pipeline-playbook\?.*period=90d/);
	const { rows, totals } = await getReport(demoUrl(), DEMO_SITE, 'ctas', {
		period: '90d',
		filter: OWN,
		by: 'cta,variant'
	});
	for (const metric of [
		'cta_eligible',
		'cta_impressions',
		'cta_exposed',
		'cta_clickers',
		'cta_ctr'
	])
		await expect(page.locator(`dl data[data-metric=${metric}]`)).toHaveAttribute(
			'value',
			String(totals[metric])
		);
	const rate = (variant: string): number =>
		Number(rows.find((row) => row.variant === variant)?.cta_ctr);
	await expect(page.locator('data[data-metric=cta_ctr_difference]')).toHaveAttribute(
		'value',
		String(rate('b') - rate('a'))
	);
	await page
		.getByRole('navigation', { name: 'Metric over time' })
		.getByRole('link', { name: 'CTA impressions', exact: true })
		.click();
	await expect(page.getByRole('heading', { name: 'CTA impressions by day' })).toBeVisible();
	const days = await getReport(demoUrl(), DEMO_SITE, 'overview', { period: '90d', filter: OWN });
	const served = await readServed(page, await getText(page.url()));
	const twin = served.tables.find(({ rows: days90 }) => days90.length === 90)?.rows ?? [];
	expect(twin.map(({ cells }) => oneBlank(cells[0] ?? ''))).toEqual(
		days.rows.map((row) => figureText(Number(row.cta_impressions), 'count'))
	);
	const first = page.getByRole('table', { name: 'By post' }).locator('tbody th a').first();
	const title = await first.innerText();
	await first.click();
	await expect(heading).toHaveText(title);
	expect(problems).toEqual([]);
	expect((await fetch(urlOf('/ctas/no-such-cta'))).status).toBe(404);
	expect((await fetch(urlOf('/audience/nothing'))).status).toBe(404);
});

test('without JavaScript: search, columns, tabs and pages', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(urlOf('/posts'));
	const rows = page.locator('tbody tr');
	await expect(rows).toHaveCount(50);
	await page.getByRole('link', { name: 'Next', exact: true }).click();
	await expect(rows).toHaveCount(10);
	await page.getByRole('link', { name: '100', exact: true }).click();
	await expect(rows).toHaveCount(60);
	await page.locator('summary', { hasText: 'Columns:' }).click();
	await page.getByRole('checkbox', { name: 'Reads', exact: true }).check();
	await page.getByRole('button', { name: 'Show', exact: true }).click();
	await expect(page.getByRole('columnheader', { name: 'Reads', exact: true })).toBeVisible();
	await page.getByRole('searchbox').fill('price');
	await page.getByRole('button', { name: 'Search', exact: true }).click();
	await expect(page.getByRole('columnheader', { name: 'Reads', exact: true })).toBeVisible();
	const { rows: found } = await getReport(demoUrl(), DEMO_SITE, 'posts', { q: 'price' });
	await expect(rows).toHaveCount(found.length);
	await page.getByRole('link', { name: 'Pages', exact: true }).click();
	await expect(page.getByRole('table', { name: 'Pages' })).toBeVisible();
	await context.close();
});

const SCREENS = [
	'/posts?columns=readers,subscribe_rate,subscribe_rate_estimate,conversion_rate_floor',
	'/posts/pages',
	'/posts/attribution',
	'/ctas?by=cta',
	`/ctas/${CTA}`,
	'/sources?by=referrer',
	'/audience',
	'/audience/devices'
];
for (const path of SCREENS)
	test(`${path}: accessible in both colour schemes, no wider than the window`, async ({
		browser
	}) => {
		for (const [colorScheme, width] of [
			['light', 1440],
			['dark', 390]
		] as const) {
			const context = await browser.newContext({
				colorScheme,
				viewport: { width, height: 844 },
				reducedMotion: 'reduce'
			});
			const page = await context.newPage();
			const problems = watch(page);
			await page.goto(urlOf(path));
			await hydrated(page);
			// Cards that come late are looked at, too.
			await page.waitForLoadState('networkidle');
			await page.locator('summary', { hasText: 'Columns:' }).click();
			await keepRows(page, 10);
			expect(await violations(page)).toEqual([]);
			const far = await page.evaluate(() => {
				window.scrollTo(10_000, 0);
				return window.scrollX;
			});
			expect(far, `${width} px`).toBe(0);
			expect(problems).toEqual([]);
			await context.close();
		}
	});

test('20,000 posts stay usable, 1,000 of them in one list', async ({ page }) => {
	test.setTimeout(300_000);
	// A busy machine is no failure.
	const soon = { timeout: 60_000 };
	const POSTS = 20_000;
	const server = await startBlog(
		Array.from({ length: POSTS }, (_, number) => ({
			path: `/posts/${number}`,
			title: `Post ${String(number).padStart(5, '0')}`,
			authors: [`Author ${number % 40}`],
			topics: [`Topic ${number % 300}`],
			published_at: new Date(Date.parse('2020-01-01') + number * 3_600_000).toISOString(),
			word_count: 500
		}))
	);
	try {
		const view = { n: 'pageview', u: `https://${BLOG}/posts/7`, d: BLOG, pv: 'one' };
		await post(server.url, [view], { headers: { 'user-agent': CHROME } });
		await server.signIn(page.context());
		await page.goto(`${server.url}/${BLOG}/posts?sort=title`);
		const table = page.getByRole('table', { name: 'Posts' });
		await expect(table.locator('tbody tr')).toHaveCount(50, soon);
		await page.getByRole('link', { name: '1000', exact: true }).click();
		await expect(table.locator('tbody tr')).toHaveCount(1000, soon);
		await expect(table).toHaveAttribute('aria-rowcount', String(POSTS + 2));
		// Titles are all there to be found, cells of rows near the view alone.
		await expect(table.locator('tbody th a[data-opens]')).toHaveCount(1000);
		await expect
			.poll(() => table.locator('tbody tr:has(data[data-metric=readers])').count())
			.toBeLessThan(300);
		await table.locator('tbody th a').first().focus();
		await page.keyboard.press('End');
		const last = table.locator('tbody tr').last();
		await expect(last.locator('th a').first()).toBeFocused();
		await expect(last).toHaveAttribute('aria-rowindex', '1001');
		await expect(last.locator('data[data-metric=readers]')).toHaveAttribute('value', '0');
		await expect(last).toBeInViewport();
		await page.getByRole('searchbox').fill('Post 19999');
		await expect(table.locator('tbody tr')).toHaveCount(1, soon);
	} finally {
		await server.stop();
	}
});
