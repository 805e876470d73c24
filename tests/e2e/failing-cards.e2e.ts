import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { post } from '../http/client.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer } from '../support/server.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

const SCRIPT = 'tests/e2e/support/failing-server.ts';

const POST = {
	path: '/a',
	title: 'A post',
	authors: ['Ann'],
	topics: ['Sales'],
	published_at: new Date(Date.now() - 3_600_000).toISOString()
};

const start = async (page: Page, failing: string) => {
	const server = await startServer({
		script: SCRIPT,
		env: { LOG_LEVEL: 'warn', FAILING: failing, WRITE_INTERVAL_MS: '10' }
	});
	await bylineOk(server.dataDir, 'site', 'add', BLOG);
	const catalogue = join(server.dataDir, 'posts.json');
	writeFileSync(catalogue, JSON.stringify([POST]));
	await bylineOk(server.dataDir, 'posts', 'sync', '--site', BLOG, '--file', catalogue);
	await post(server.url, {
		n: 'pageview',
		u: `https://${BLOG}/a`,
		d: BLOG,
		c: [{ id: 'ebook', placement: 'end', variant: 'b' }]
	});
	await server.signIn(page.context());
	return server;
};

const card = (page: Page, title: string): Locator =>
	page.locator('section.panel', { has: page.getByRole('heading', { name: title, exact: true }) });

test('cards that fail say why, each for itself, and the others stand', async ({ page }) => {
	await using server = await start(page, 'report:countries:time_limit,report:sources:defect');
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
	await using server = await start(page, 'report:overview:time_limit');
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

const LIMIT = 'took longer than 1 s';

const BESIDE_REPORTS = 'siteNow,publications,sparklines,trends,recentCurves';
const TABLES =
	'report:posts,report:pages,report:topics,report:ctas,report:sources,report:countries';
const OVER_TIME = 'report:overview,sparklines';

/** What fails on each screen, how often it says so, and what stands there nevertheless. */
const FAILURES = [
	['', BESIDE_REPORTS, 1, 'Visitors'],
	['/posts', BESIDE_REPORTS, 1, 'A post'],
	['/topics', BESIDE_REPORTS, 1, 'Whole blog'],
	['/authors', BESIDE_REPORTS, 1, 'Whole blog'],
	['/recent', BESIDE_REPORTS, 1, 'Recent posts'],
	['/posts', TABLES, 1, 'Posts'],
	['/posts/pages', TABLES, 1, 'Posts'],
	['/topics', TABLES, 1, 'Readers by day of each topic'],
	['/topics/Sales', TABLES, 1, 'Readers by day'],
	['/ctas', TABLES, 1, 'CTAs'],
	['/ctas/ebook', TABLES, 3, 'by day'],
	['/sources', TABLES, 1, 'Sources'],
	['/audience', TABLES, 1, 'Audience'],
	['/topics/Sales', OVER_TIME, 2, 'A post'],
	['/ctas/ebook', OVER_TIME, 1, 'By placement']
] as const;

test('on every screen what fails says so in its place, and the rest stands', async ({ page }) => {
	test.setTimeout(180_000);
	for (const [failing, rows] of Object.entries(Object.groupBy(FAILURES, ([, what]) => what))) {
		await using server = await start(
			page,
			failing
				.split(',')
				.map((name) => `${name}:time_limit`)
				.join()
		);
		for (const [path, , times, stands] of rows) {
			await expect(async () => {
				const answer = await page.goto(`${server.url}/${BLOG}${path}`);
				expect(answer?.status(), path).toBe(200);
				await expect(page.locator('main')).toContainText(stands, { timeout: 500 });
			}).toPass({ timeout: 30_000 });
			const problems = watch(page);
			await page.reload();
			await page.waitForLoadState('networkidle');
			expect(await page.getByText(LIMIT).count(), `${path}, ${failing}`).toBeGreaterThanOrEqual(
				times
			);
			expect(problems).toEqual([]);
		}
	}
});

const POST_CARDS = [
	['figures', 'Figures'],
	['funnel', 'From reader to subscriber'],
	['series', 'Readers'],
	['age', 'For its age'],
	['depth', 'Where readers stop'],
	['ctas', 'CTAs by placement'],
	['sources', 'Sources'],
	['next', 'What readers read next'],
	['countries', 'Countries'],
	['devices', 'Devices']
] as const;

test('on the screen of a post each part fails alone', async ({ page }) => {
	test.setTimeout(180_000);
	const halves = [0, 1].map((half) => POST_CARDS.filter((_, at) => at % 2 === half));
	for (const failing of halves) {
		await using server = await start(
			page,
			failing.map(([part]) => `post:${part}:time_limit`).join()
		);
		const problems = watch(page);
		await expect(async () => {
			const answer = await page.goto(`${server.url}/${BLOG}/posts/1?period=today`);
			expect(answer?.status()).toBe(200);
		}).toPass();
		for (const [part, title] of POST_CARDS) {
			const fails = failing.some(([other]) => other === part);
			if (fails) await expect(card(page, title), part).toContainText(LIMIT);
			else await expect(card(page, title).getByText(LIMIT), part).toHaveCount(0);
		}
		expect(problems).toEqual([]);
	}
});

test('what is late comes after the rest, and without a script the page waits for it', async ({
	page
}) => {
	await using server = await start(page, 'post:sources:late');
	await page.goto(`${server.url}/${BLOG}/posts`);
	await expect(async () => {
		await page.reload();
		await expect(page.locator('[data-opens]')).toHaveText('A post', { timeout: 500 });
	}).toPass();
	await page.waitForLoadState('networkidle');
	await page.locator('[data-opens]').click();
	await expect(card(page, 'Devices').getByRole('rowheader')).toHaveText('Desktop');
	await expect(card(page, 'Sources').locator('[aria-busy=true]')).toHaveCount(1);
	await expect(card(page, 'Sources').getByRole('rowheader')).toHaveText('Direct');
	const html = await (await server.fetch(new URL(page.url()).pathname)).text();
	expect(html).not.toContain('aria-busy="true"');
});
