import { expect, type Locator, type Page } from '@playwright/test';
import { violations } from './support/axe.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { figureText, oneBlank } from './support/figure-text.ts';
import { isDrawn } from './support/is-drawn.ts';
import { getReport, getText, searchOf, type Params } from './support/report.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'parallel' });

const RANGE: Params = { period: '30d', compare: 'previous' };
const MOST_SHIFT = 0.02;

const urlOf = (path: string, params: Params = {}): string =>
	`${demoUrl()}/${DEMO_SITE}${path}${searchOf(params)}`;

const chartOf = (page: Page): Locator => page.getByRole('application').first();

const newestPosts = async (): Promise<readonly number[]> => {
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'recent');
	return rows.map(({ post_id }) => Number(post_id));
};

/** Where a share of the way along a chart is on the page. */
const along = async (chart: Locator, share: number) => {
	await chart.scrollIntoViewIfNeeded();
	const box = await chart.boundingBox();
	if (box === null) throw new Error('The chart has no box.');
	return { x: box.x + box.width * share, y: box.y + box.height / 2 };
};

const drag = async (page: Page, chart: Locator, from: number, to: number): Promise<void> => {
	const [start, end] = [await along(chart, from), await along(chart, to)];
	await page.mouse.move(start.x, start.y);
	await page.mouse.down();
	await page.mouse.move((start.x + end.x) / 2, start.y, { steps: 4 });
	await page.mouse.move(end.x, end.y, { steps: 4 });
};

test('dragging over a part of the chart puts its days into the address, and back undoes it', async ({
	page
}) => {
	const problems = watch(page);
	await page.goto(urlOf('', RANGE));
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'overview', RANGE);
	const last = rows.length - 1;
	await expect.poll(() => isDrawn(page.locator('canvas').first())).toBe(true);
	await drag(page, chartOf(page), 10 / last, 15 / last);
	await page.mouse.up();
	await expect(page).toHaveURL(
		new RegExp(`from=${String(rows[10]?.date)}&to=${String(rows[15]?.date)}`)
	);
	await expect(page).not.toHaveURL(/period=/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
	await page.locator('summary', { hasText: 'Table' }).first().click();
	await expect(page.locator('.twin tbody tr')).toHaveCount(6);

	await page.goBack();
	await expect(page).toHaveURL(urlOf('', RANGE));
	await expect(page.locator('.twin tbody tr')).toHaveCount(rows.length);
	expect(problems).toEqual([]);
});

test('Escape takes back a part that is being chosen, and a click chooses nothing', async ({
	page
}) => {
	await page.goto(urlOf('', RANGE));
	await expect.poll(() => isDrawn(page.locator('canvas').first())).toBe(true);
	const chart = chartOf(page);
	await drag(page, chart, 0.2, 0.6);
	await expect(chart.locator('.span')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(chart.locator('.span')).toHaveCount(0);
	await page.mouse.up();
	await chart.click();
	await page.waitForTimeout(200);
	await expect(page).toHaveURL(urlOf('', RANGE));
});

test('a finger scrolls the page over a chart', async ({ browser }) => {
	const context = await browser.newContext({
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true
	});
	const page = await context.newPage();
	await page.goto(urlOf('', RANGE));
	const { x, y } = await along(chartOf(page), 0.5);
	const before = await page.evaluate(() => window.scrollY);
	const client = await context.newCDPSession(page);
	await client.send('Input.synthesizeScrollGesture', { x, y, yDistance: -300, speed: 2000 });
	expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(before + 150);
	await expect(page).toHaveURL(urlOf('', RANGE));
	await context.close();
});

test('arrow keys read one point after the other aloud, Shift chooses, Enter zooms', async ({
	page
}) => {
	await page.goto(urlOf('', RANGE));
	await expect.poll(() => isDrawn(page.locator('canvas').first())).toBe(true);
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'overview', RANGE);
	const said = page.locator('[aria-live=polite]').first();
	await chartOf(page).focus();
	await page.keyboard.press('Home');
	await expect(said).toContainText(`Readers ${figureText(Number(rows[0]?.readers), 'count')};`);
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(said).toContainText(`Readers ${figureText(Number(rows[2]?.readers), 'count')};`);
	await page.keyboard.press('Shift+ArrowRight');
	await page.keyboard.press('Shift+ArrowRight');
	await expect(chartOf(page).locator('.span')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(
		new RegExp(`from=${String(rows[2]?.date)}&to=${String(rows[4]?.date)}`)
	);
});

test('a day on which a post came out is marked: its title on focus, the post on a click', async ({
	page
}) => {
	const [newest] = await newestPosts();
	await page.goto(urlOf('', RANGE));
	await expect.poll(() => isDrawn(page.locator('canvas').first())).toBe(true);
	const mark = page.locator(`.mark a[href*="/posts/${newest}?"]`);
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'recent');
	const title = String(rows[0]?.title);
	await expect(mark).toHaveAccessibleName(new RegExp(`^Published .*: ${title}$`));
	await mark.focus();
	await expect(mark.locator('.tip')).toBeVisible();
	await expect(mark.locator('.tip')).toHaveText(title);
	await mark.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('the table has the figures of the report, and says that the last day is not over', async ({
	page
}) => {
	await page.goto(urlOf('', RANGE));
	const report = await getReport(demoUrl(), DEMO_SITE, 'overview', RANGE);
	await page.locator('summary', { hasText: 'Table' }).first().click();
	const lines = page.locator('.twin').first().locator('tbody tr');
	await expect(lines).toHaveCount(report.rows.length);
	const shown = await lines.evaluateAll((rows) =>
		rows.map((row) => [...row.querySelectorAll('td')].slice(0, 2).map((cell) => cell.innerText))
	);
	expect(shown.map((cells) => cells.map(oneBlank))).toEqual(
		report.rows.map((row, at) => [
			figureText(Number(row.readers), 'count'),
			figureText(Number(report.compare?.rows[at]?.readers), 'count')
		])
	);
	await expect(lines.last().locator('th')).toContainText('so far');
	await expect(page.locator('path.running').first()).toHaveAttribute('d', /^M/);
});

test('a period that is over has no dashed end', async ({ page }) => {
	await page.goto(urlOf('', { period: 'last_month' }));
	await expect(page.locator('path.running').first()).toHaveAttribute('d', '');
});

test('without JavaScript the charts are drawn, with axes, marks that lead on, and tables', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	const [post] = (await newestPosts()).slice(1);
	for (const path of ['', '/recent', `/posts/${post}`]) {
		await page.goto(urlOf(path));
		await expect(page.locator('svg.sketch path').first()).toHaveAttribute('d', /\d/);
		await expect(page.locator('.axis .value').first()).toHaveText(/^0/);
		await page.locator('summary', { hasText: 'Table' }).first().click();
		await expect(page.locator('.twin').first()).toBeVisible();
	}
	await page.goto(urlOf('', RANGE));
	await page.locator('.mark a').first().click();
	await expect(page).toHaveURL(/\/posts\/\d+/);
	await context.close();
});

test('recent: one line at a time is read, up and down lead to the others, Enter to the post', async ({
	page
}) => {
	await page.goto(urlOf('/recent'));
	await expect.poll(() => isDrawn(page.locator('canvas').first())).toBe(true);
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'recent');
	const chart = chartOf(page);
	await chart.focus();
	await page.keyboard.press('End');
	const tip = chart.locator('.tip');
	const read = new Set<string>();
	for (let presses = 0; presses < rows.length; presses++) {
		read.add(await tip.innerText());
		await page.keyboard.press('ArrowDown');
	}
	expect(read.size).toBeGreaterThan(5);
	const title = (await page.locator('[aria-live=polite]').first().innerText()).replace(
		/^Day 30: (.*) [\d,]+; Typical post.*$/,
		'$1'
	);
	expect(rows.map((row) => row.title)).toContain(title);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
});

test('a post: the placements of its calls to action, no more seen than there were readers', async ({
	page
}) => {
	const [, post] = await newestPosts();
	await page.goto(urlOf(`/posts/${post}`, { period: '12m' }));
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'ctas', {
		period: '12m',
		filter: `post:is:${post}`
	});
	const placements = [...new Set(rows.map(({ placement }) => String(placement)))].sort();
	const shares = page.locator('data[data-metric=placement_share]');
	await expect(shares).toHaveCount(placements.length);
	const named = await page
		.locator('tr', { has: shares })
		.locator('th')
		.evaluateAll((cells) => cells.map((cell) => cell.textContent?.trim() ?? ''));
	expect(named.toSorted()).toEqual(placements);
	for (const share of await shares.all()) {
		const value = Number(await share.getAttribute('value'));
		expect(value).toBeGreaterThan(0);
		expect(value).toBeLessThanOrEqual(1);
	}
});

test('topics: the trend of each, whose days add up to what the table above says', async ({
	page
}) => {
	const params = { period: '30d', compare: 'none' };
	await page.setContent(await getText(urlOf('/topics', params)));
	const { rows } = await getReport(demoUrl(), DEMO_SITE, 'topics', params);
	const trends = page.getByRole('region', { name: 'Readers by day of each topic, table' });
	await page.locator('summary', { hasText: 'Table' }).click();
	const sums = await trends.locator('table').evaluate((table) => {
		const cells = (row: Element): string[] =>
			[...row.querySelectorAll('th:not(:first-child), td')].map((cell) => cell.textContent ?? '');
		const [head, ...body] = [...table.querySelectorAll('tr')].map(cells);
		return (head ?? []).map((name, at) => [
			name.trim(),
			body.reduce((all, row) => all + Number((row[at] ?? '').replaceAll(',', '')), 0)
		]);
	});
	expect(Object.fromEntries(sums)).toEqual(
		Object.fromEntries(
			rows.filter(({ readers }) => readers !== 0).map(({ topic, readers }) => [topic, readers])
		)
	);
});

for (const colorScheme of ['light', 'dark'] as const)
	test(`charts being read: no violation, no shift, ${colorScheme}`, async ({ browser }) => {
		const context = await browser.newContext({
			colorScheme,
			viewport: { width: 390, height: 844 }
		});
		const page = await context.newPage();
		const problems = watch(page);
		await page.addInitScript(() => {
			const shifts: number[] = [];
			Object.assign(window, { shifts });
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries())
					if ('value' in entry && !('hadRecentInput' in entry && entry.hadRecentInput === true))
						shifts.push(Number(entry.value));
			}).observe({ type: 'layout-shift', buffered: true });
		});
		const [, post] = await newestPosts();
		for (const path of ['', '/recent', `/posts/${post}`, '/topics']) {
			await page.goto(urlOf(path));
			await page.waitForLoadState('networkidle');
			for (const chart of await page.getByRole('application').all()) {
				await chart.focus();
				await page.keyboard.press('End');
			}
			const shift = await page.evaluate(() =>
				('shifts' in window && Array.isArray(window.shifts) ? window.shifts : [NaN]).reduce(
					(sum: number, value) => sum + Number(value),
					0
				)
			);
			expect.soft(shift, path).toBeLessThan(MOST_SHIFT);
			expect.soft(await violations(page)).toEqual([]);
		}
		expect(problems).toEqual([]);
		await context.close();
	});

test('recent: each reader used one kind of device, so the devices add up to all', async () => {
	const readers = async (filter?: string): Promise<ReadonlyMap<unknown, number>> => {
		const { rows } = await getReport(demoUrl(), DEMO_SITE, 'recent', filter ? { filter } : {});
		return new Map(rows.map((row) => [row.post_id, Number(row.readers_cumulative)]));
	};
	const all = await readers();
	const parts = [await readers('device:is:desktop'), await readers('device:is_not:desktop')];
	expect([...all.values()].some((count) => count > 0)).toBe(true);
	for (const [post, count] of all) {
		const counts = parts.map((part) => part.get(post) ?? 0);
		expect(counts[0]).toBeLessThanOrEqual(count);
		expect(counts.reduce((sum, part) => sum + part, 0)).toBe(count);
	}
	expect([...(parts[0]?.values() ?? [])].some((count) => count > 0)).toBe(true);
	expect([...(parts[1]?.values() ?? [])].some((count) => count > 0)).toBe(true);
});
