import { expect, type Browser, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bylineOk } from '../http/byline-command.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { violations } from './support/axe.ts';
import { DEMO_SITE, demoUrl } from './support/demo.ts';
import { getReport } from './support/report.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'serial' });

const LONG = 'مرحبا '.repeat(30).trim();
let server: TestServer;

test.beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'warn' } });
	await bylineOk(server.dataDir, 'site', 'add', BLOG, '--timezone', 'Europe/Berlin');
	const file = join(server.dataDir, 'posts.csv');
	writeFileSync(
		file,
		`path,title,authors,topics,published,former_paths\n/new,New,Jo,SEO; Sales,2026-01-05 09:00,/old\n/second,Second,Jo; Ann,seo,2026-01-06,\n/rtl,${LONG},<b>Eve</b>,,,\n`
	);
	await bylineOk(server.dataDir, 'posts', 'sync', '--file', file);
});
test.beforeEach(({ context }) => server.signIn(context));

test.afterAll(async () => {
	await server.stop();
});

const url = (...parts: readonly string[]): string => [server.url, BLOG, ...parts].join('/');
const rows = async () => (await getReport(server.url, BLOG, 'posts', { period: 'all' })).rows;
const post = async (path: string) => (await rows()).find((row) => row.path === path);
const editUrl = async (path: string): Promise<string> =>
	url('posts', String((await post(path))?.post_id), 'edit');
const withoutScripts = async (browser: Browser): Promise<Page> =>
	(
		await browser.newContext({
			javaScriptEnabled: false,
			storageState: await server.storageState()
		})
	).newPage();
const expectAccessible = async (page: Page): Promise<void> => {
	expect(await violations(page)).toEqual([]);
};

for (const scripts of ['with', 'without'] as const)
	test(`a field is edited by hand and taken back, ${scripts} scripts`, async ({
		page,
		browser
	}) => {
		const problems = scripts === 'with' ? watch(page) : [];
		const at = scripts === 'with' ? page : await withoutScripts(browser);
		await at.goto(url('posts', String((await post('/new'))?.post_id)));
		await at.getByRole('link', { name: 'Edit', exact: true }).click();
		await expect(at.getByLabel('Published')).toHaveValue('2026-01-05 09:00');
		await at.getByLabel('Title').fill('Mine <i>only</i>');
		await at.getByLabel('Topics').fill('Selling; SEO');
		await at.getByRole('button', { name: 'Save' }).click();
		await expect(at.getByText('Saved.')).toBeVisible();
		await expect(at.getByRole('heading', { level: 1 })).toHaveText('Mine <i>only</i>');
		expect(await post('/new')).toMatchObject({
			title: 'Mine <i>only</i>',
			topics: ['Selling', 'SEO'],
			authors: ['Jo']
		});
		await expect(at.getByText('Authors · edited by hand')).toHaveCount(0);
		for (const label of ['Title', 'Topics']) {
			await at.getByRole('button', { name: `Take back: ${label}` }).click();
			await expect(at.getByRole('button', { name: `Take back: ${label}` })).toHaveCount(0);
		}
		expect(await post('/new')).toMatchObject({ title: 'New', topics: ['SEO', 'Sales'] });
		expect(problems).toEqual([]);
	});

test('a wrong field is told beside it, and what was written stays', async ({ browser }) => {
	const page = await withoutScripts(browser);
	await page.goto(await editUrl('/new'));
	await page.getByLabel('Published').fill('some day');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toContainText('"some day" is no date');
	await expect(page.getByLabel('Published')).toHaveValue('some day');
	expect((await post('/new'))?.title).toBe('New');
});

test('what is written before the scripts are there stays', async ({ page }) => {
	const { promise, resolve } = Promise.withResolvers<void>();
	await page.route('**/*.js', async (route) => {
		await promise;
		await route.continue();
	});
	await page.goto(await editUrl('/new'), { waitUntil: 'commit' });
	await page.getByLabel('Title').fill('Early');
	await page.getByLabel('Merge with the post at').fill('/second');
	resolve();
	await page.waitForLoadState('networkidle');
	await expect(page.getByLabel('Title')).toHaveValue('Early');
	await expect(page.getByLabel('Merge with the post at')).toHaveValue('/second');
	// Another page in the same document: the scripts are there.
	await page.evaluate(() => document.documentElement.setAttribute('data-same', ''));
	await page.getByRole('link', { name: 'Back to the post' }).click();
	await expect(page.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
	await expect(page.locator('html[data-same]')).toHaveCount(1);
});

test('posts are merged, split and as before when that is undone', async ({ page }) => {
	const problems = watch(page);
	const before = await rows();
	const second = String((await post('/second'))?.post_id);
	await page.goto(await editUrl('/new'));
	await page.getByLabel('Merge with the post at').fill('/second');
	await page.getByRole('button', { name: 'Merge', exact: true }).click();
	await expect(page.getByText('/second is now part of this post.')).toBeVisible();
	expect((await rows()).map((row) => row.path).sort()).toEqual(['/new', '/rtl']);
	await page.getByRole('button', { name: 'Split off /old' }).click();
	await expect(page.getByText('/old is now a post of its own.')).toBeVisible();
	expect((await rows()).length).toBe(3);
	const here = page.url();
	await page.goto(url('posts', second));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('New');
	await page.goto(here);
	for (const left of [1, 0]) {
		await page
			.getByRole('button', { name: /^Undo: / })
			.first()
			.click();
		await expect(page.getByRole('button', { name: /^Undo: / })).toHaveCount(left);
	}
	expect(await rows()).toEqual(before);
	expect(problems).toEqual([]);
});

for (const scripts of ['with', 'without'] as const)
	test(`topics are unified and renamed, and that is undone, ${scripts} scripts`, async ({
		page,
		browser
	}) => {
		const at = scripts === 'with' ? page : await withoutScripts(browser);
		const topics = async () =>
			(await getReport(server.url, BLOG, 'topics', { period: 'all' })).rows.map((row) => row.topic);
		await at.goto(url('settings', 'names'));
		await at.getByLabel('Topics that differ').selectOption({ label: 'Are one topic' });
		await at.getByRole('button', { name: 'Save' }).click();
		await expect(at.getByText('Saved.')).toBeVisible();
		expect([...(await topics())].sort()).toEqual(['SEO', 'Sales']);
		await at.getByLabel('New name of SEO').fill('Search');
		await at.getByRole('button', { name: 'Rename SEO' }).click();
		await expect(at.getByText('“SEO” is now “Search”.')).toBeVisible();
		expect([...(await topics())].sort()).toEqual(['Sales', 'Search']);
		await at
			.getByRole('button', { name: /^Undo: Topic “SEO”/ })
			.first()
			.click();
		await expect(at.getByText('Undone.')).toBeVisible();
		await at.getByLabel('Topics that differ').selectOption({ label: 'Are different' });
		await at.getByRole('button', { name: 'Save' }).click();
		await expect(at.getByText('Saved.')).toBeVisible();
		expect([...(await topics())].sort()).toEqual(['SEO', 'Sales', 'seo']);
	});

test('both screens are accessible, show what sources say as text, and fit a phone', async ({
	page
}) => {
	for (const at of [url('settings', 'names'), await editUrl('/rtl'), await editUrl('/new')])
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width: 390, height: 800 });
			await page.goto(at);
			await expectAccessible(page);
			const over = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(over).toBeLessThanOrEqual(0);
		}
	await page.goto(url('settings', 'names'));
	await expect(page.getByRole('link', { name: '<b>Eve</b>' })).toBeVisible();
});

test('the demo shows both screens and takes no change', async ({ page }) => {
	const names = `${demoUrl()}/${DEMO_SITE}/settings/names`;
	await page.goto(names);
	await expect(page.getByText('The demo is read-only')).toBeVisible();
	await expect(page.getByRole('button', { name: /Rename/ })).toHaveCount(0);
	const answer = await page.request.post(`${names}?/rename`, {
		form: { kind: 'topic', from: 'Selling', to: 'X' },
		headers: { origin: demoUrl(), accept: 'text/html' }
	});
	expect(answer.status()).toBe(403);
});
