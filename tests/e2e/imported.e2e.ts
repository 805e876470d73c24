import { expect, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bylineOk } from '../http/byline-command.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';
import { violations } from './support/axe.ts';
import { test } from './support/test.ts';

test.describe.configure({ mode: 'serial' });

/** Two days of July that another tool counted, and one of Byline's own. */
const FIGURES = 'Date,Page path,Views,Total users\n20260701,/a,30,9\n20260702,/a,50,20\n';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0';
const LOG = `203.0.113.1 - - [03/Jul/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "${AGENT}"\n`;
const POSTS = [{ path: '/a', title: 'Moved along', published_at: '2026-07-01T08:00:00Z' }];

const scratch = temporaryFolder('imported-screens');
let server: TestServer;

test.beforeAll(async () => {
	const file = (name: string, text: string): string => {
		writeFileSync(join(scratch.path, name), text);
		return join(scratch.path, name);
	};
	server = await startServer({ env: { LOG_LEVEL: 'warn' } });
	const run = (...args: readonly string[]) => bylineOk(server.dataDir, ...args);
	await run('site', 'add', BLOG, '--timezone', 'UTC');
	await run('posts', 'sync', '--file', file('posts.json', JSON.stringify(POSTS)));
	await run('import', 'access-log', file('access.log', LOG));
	await run('import', 'ga4', file('ga4.csv', FIGURES));
});
test.beforeEach(({ context }) => server.signIn(context));
test.afterAll(async () => {
	await server.stop();
	scratch.remove();
});

const open = (page: Page, path: string) => page.goto(`${server.url}/${BLOG}${path}`);
const figure = (page: Page, metric: string) =>
	page.locator(`data[data-metric="${metric}"]`).first();

test('screens say where imported figures end, and that they have no hours', async ({ page }) => {
	await open(page, '?from=2026-07-01&to=2026-07-03');
	const note = page.getByText('from Google Analytics 4 until');
	await expect(note).toHaveText('Imported from Google Analytics 4 until 2 Jul 2026');
	await expect(figure(page, 'page_views')).toHaveText('81');
	await page.getByRole('link', { name: 'Leave out' }).click();
	await expect(note).toHaveText(
		'Without what was imported from Google Analytics 4 until 2 Jul 2026'
	);
	await expect(figure(page, 'page_views')).toHaveText('1');
	await open(page, '?from=2026-07-02');
	await expect(note).toHaveText('Imported from Google Analytics 4 until 2 Jul 2026, not by hour');
	await expect(figure(page, 'page_views')).toHaveText('50');
	expect(await violations(page)).toEqual([]);
	await open(page, '?from=2026-07-02&filter=device:is:desktop&filter=country:is:DE');
	await expect(note).toHaveText(
		'Without what was imported from Google Analytics 4 until 2 Jul 2026'
	);
});

test('screens of what a tool has no table for say that they are without it', async ({ page }) => {
	const note = page.getByText('from Google Analytics 4 until');
	for (const path of ['/audience', '/audience/devices', '/sources']) {
		await open(page, `${path}?from=2026-07-01&to=2026-07-03`);
		await expect(note).toHaveText(
			'Without what was imported from Google Analytics 4 until 2 Jul 2026'
		);
		await expect(page.getByRole('link', { name: 'Leave out' })).toHaveCount(0);
	}
	for (const path of ['/posts', '/posts/pages']) {
		await open(page, `${path}?from=2026-07-01&to=2026-07-03`);
		await expect(note).toHaveText('Imported from Google Analytics 4 until 2 Jul 2026');
	}
});

test('a post whose first days were imported says why it has no curve', async ({ page }) => {
	const why = /first days imported, without hours/i;
	await open(page, '/posts/1?from=2026-07-01&to=2026-07-03');
	await expect(page.getByText(why)).toBeVisible();
	await expect(page.getByRole('heading', { name: 'For its age' })).toHaveCount(0);
	await expect(figure(page, 'page_views')).toHaveText('81');
	await open(page, '/recent');
	const card = page.getByRole('listitem').filter({ hasText: 'Moved along' });
	await expect(card.getByText(why)).toBeVisible();
	await expect(card).not.toContainText('readers');
});
