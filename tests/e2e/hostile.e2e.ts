import { expect, type Page } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';
import { addHostileSite, ATTACKS, HOSTILE_SITE, LONG, TITLES } from './support/hostile-site.ts';
import { getCsv, getReport, searchOf } from './support/report.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

let server: TestServer;

test.beforeAll(async () => {
	test.setTimeout(120_000);
	server = await startServer({ env: { ALLOW_HEADLESS: 'true', LOG_LEVEL: 'warn' } });
	await addHostileSite(server);
	await expect
		.poll(async () => (await report('posts')).totals.comments, { timeout: 60_000 })
		.toBe(TITLES.length);
});

test.beforeEach(({ context }) => server.signIn(context));

test.afterAll(async () => {
	await server.stop();
});

const report = (id: string) => getReport(server.url, HOSTILE_SITE, id);

const textsOf = (rows: readonly Readonly<Record<string, unknown>>[], key: string) =>
	rows.map((row) => String(row[key]));

/** Opens a page and lets it run. Whatever executed left a mark, an error, a dialog or a request. */
const expectHarmless = async (page: Page, path: string, status = 200): Promise<void> => {
	const response = await page.goto(server.url + path);
	expect(response?.status(), path).toBe(status);
	await page.waitForFunction(() => document.querySelector('main') !== null);
	expect(
		await page.evaluate(() => Reflect.get(window, '__pwned') as unknown),
		path
	).toBeUndefined();
	const html = await page.content();
	expect(html, path).not.toContain('\u202e');
	expect(
		await page.evaluate(
			() =>
				[...document.querySelectorAll('a[href], form[action]')].filter((element) =>
					/^\s*(javascript|data|vbscript):/i.test(
						element.getAttribute('href') ?? element.getAttribute('action') ?? ''
					)
				).length
		),
		path
	).toBe(0);
	expect(await page.locator('img, iframe, object, embed, [onload], [onerror]').count(), path).toBe(
		0
	);
};

const text = (page: Page): Promise<string> =>
	page.locator('main').evaluate((main) => main.textContent ?? '');

const encoded = (name: string): string => encodeURIComponent(name);

test('lists show hostile text as text', async ({ page }) => {
	const problems = watch(page);
	const home = `/${HOSTILE_SITE}`;
	await expectHarmless(page, home);
	await expectHarmless(page, `${home}/posts`);
	const posts = await text(page);
	for (const title of TITLES) expect(posts).toContain(title);
	await expectHarmless(page, `${home}/recent`);
	const recent = await text(page);
	for (const title of TITLES.slice(0, 10)) expect(recent).toContain(title);
	for (const [screen, attacks] of [
		['topics', ATTACKS],
		['authors', ATTACKS],
		['ctas', ATTACKS],
		['sources', ATTACKS.filter((_, at) => at % 2 === 0)]
	] as const) {
		await expectHarmless(page, `${home}/${screen}`);
		const shown = await text(page);
		for (const attack of attacks) expect(shown, screen).toContain(attack);
	}
	await expectHarmless(page, `${home}/settings`);
	expect(problems).toEqual([]);
});

test('the screens of hostile posts, topics and authors', async ({ page }) => {
	test.slow();
	const problems = watch(page);
	const home = `/${HOSTILE_SITE}`;
	const heading = page.getByRole('heading', { level: 1 });
	for (const row of (await report('posts')).rows) {
		await expectHarmless(page, `${home}/posts/${String(row.post_id)}`);
		expect(await heading.textContent()).toBe(row.title);
	}
	for (const [screen, key] of [
		['topics', 'topic'],
		['authors', 'author']
	] as const)
		// The lists show them all, and the next test opens them by their links.
		for (const name of textsOf((await report(screen)).rows, key).slice(0, 5)) {
			await expectHarmless(page, `${home}/${screen}/${encoded(name)}`);
			expect(await heading.textContent()).toBe(name);
		}
	expect(problems).toEqual([]);
});

test('hostile links lead where they say', async ({ page }) => {
	test.slow();
	const problems = watch(page);
	const heading = page.getByRole('heading', { level: 1 });
	for (const name of ATTACKS) {
		await page.goto(`${server.url}/${HOSTILE_SITE}/topics`);
		await page.getByRole('table').getByRole('link', { name, exact: true }).click();
		await expect(heading).toHaveText(name);
	}
	expect(await page.evaluate(() => Reflect.get(window, '__pwned') as unknown)).toBeUndefined();
	expect(problems).toEqual([]);
});

test('hostile addresses: filters, search, sort and wrong values', async ({ page }) => {
	test.slow();
	const problems: string[] = [];
	page.on('pageerror', (error) => problems.push(error.message));
	page.on('dialog', (dialog) => {
		problems.push(dialog.message());
		void dialog.dismiss();
	});
	for (const attack of ATTACKS) {
		const filter = ['topic', 'cta', 'source'].map(
			(id) => `${id}:is:${attack.replace(/[|\\]/g, '\\$&')}`
		);
		await expectHarmless(page, `/${HOSTILE_SITE}/posts${searchOf({ filter, q: attack })}`);
		expect(await page.getByRole('list', { name: 'Filters' }).textContent()).toContain(attack);
		expect(await page.getByRole('searchbox').inputValue()).toBe(attack);
	}
	for (const attack of ATTACKS.slice(0, 4)) {
		await expectHarmless(page, `/${HOSTILE_SITE}${searchOf({ metric: attack, page: attack })}`);
		await expectHarmless(page, `/${HOSTILE_SITE}${searchOf({ period: attack })}`, 400);
		expect(await text(page)).toContain(attack);
		await expectHarmless(page, `/${HOSTILE_SITE}/topics/${encoded(`no ${attack}`)}`, 404);
		await expectHarmless(page, `/${encoded(`no ${attack}`)}`, 404);
	}
	expect(problems).toEqual([]);
});

test('hostile text survives into JSON and, where a sheet would run it, defused into CSV', async () => {
	const { rows } = await report('posts');
	expect(textsOf(rows, 'title').sort()).toEqual([...TITLES].sort());
	const csv = await getCsv(server.url, HOSTILE_SITE, 'posts');
	const defused = TITLES.map((title) => (/^[=+\-@\t\r]/.test(title) ? `'${title}` : title));
	expect(textsOf(csv, 'title').sort()).toEqual([...defused].sort());
});

test('a title of 500 characters makes no screen wider than the window', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 800 });
	const { rows } = await report('posts');
	const long = rows.find(({ title }) => title === LONG);
	for (const path of [
		'',
		'/posts',
		'/recent',
		'/topics',
		'/authors',
		'/ctas',
		`/posts/${String(long?.post_id)}`
	]) {
		await page.goto(`${server.url}/${HOSTILE_SITE}${path}`);
		const far = await page.evaluate(() => {
			window.scrollTo(10_000, 0);
			return window.scrollX;
		});
		expect(far, path).toBe(0);
	}
});
