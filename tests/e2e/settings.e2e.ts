import { expect, type Browser, type Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { byline, bylineOk } from '../http/byline-command.ts';
import { post } from '../http/client.ts';
import { BLOG } from '../http/start-blog.ts';
import { sessionFor } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { violations } from './support/axe.ts';
import { getText } from './support/report.ts';
import { tabThrough } from './support/focus.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ mode: 'serial' });

const POSTS = [
	{ path: '/first', title: 'The first', author: 'Ann', day: 3 },
	{ path: '/second', title: '<b>The second</b> & more', author: 'Ben', day: 5 }
] as const;

/** A blog whose home page names its feed; the last document that was asked for is held back where a test says so. */
let held: Promise<void> = Promise.resolve();
const blog = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? '/', 'http://blog');
	if (pathname === '/') {
		response.writeHead(200, { 'content-type': 'text/html' });
		response.end('<link rel="alternate" type="application/rss+xml" href="/feed.xml">');
	} else if (pathname === '/feed.xml') {
		void held.then(() =>
			response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed())
		);
	} else response.writeHead(404).end();
});
const feed = (): string => {
	const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	const items = POSTS.map(
		({ path, title, author, day }) => `<item><title>${escaped(escaped(title))}</title>
		<link>https://${BLOG}${path}</link><dc:creator>${author}</dc:creator>
		<pubDate>${new Date(Date.UTC(2026, 0, day, 12)).toUTCString()}</pubDate></item>`
	);
	return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${items.join('')}</channel></rss>`;
};

let server: TestServer;
let home: string;

test.beforeAll(async () => {
	await new Promise<void>((done) => blog.listen(0, '127.0.0.1', done));
	home = `http://127.0.0.1:${(blog.address() as AddressInfo).port}/`;
	server = await startServer({
		env: { LOG_LEVEL: 'warn', FETCH_ALLOW: '127.0.0.1', UPLOAD_MB: '4' }
	});
	await bylineOk(server.dataDir, 'site', 'add', BLOG, '--timezone', 'UTC');
});

test.beforeEach(({ context }) => server.signIn(context));

test.afterAll(async () => {
	await server.stop();
	blog.close();
});

const url = (...parts: readonly string[]): string =>
	[server.url, BLOG, 'settings', ...parts].join('/');
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true });
/** What stands beside a term in a list of terms. */
const fact = (page: Page, term: string) => page.locator(`dt:text-is("${term}") + dd`).first();

const expectAccessible = async (page: Page): Promise<void> => {
	expect(await violations(page)).toEqual([]);
	expect(await tabThrough(page)).toEqual([]);
};

const withoutScripts = async (browser: Browser): Promise<Page> =>
	(
		await browser.newContext({
			javaScriptEnabled: false,
			storageState: await server.storageState()
		})
	).newPage();

/** A line of an access log; no two alike. */
const hit = (
	at: number,
	path: string,
	agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0'
): string =>
	`203.0.113.${at % 250} - - [${String(1 + (at % 3)).padStart(2, '0')}/Feb/2026:10:${String(at % 60).padStart(2, '0')}:00 +0000] "GET ${path} HTTP/1.1" 200 ${1_000 + at} "-" "${agent}"`;
const logOf = (lines: readonly string[], name = 'access.log') => ({
	name,
	mimeType: 'text/plain',
	buffer: Buffer.from(`${lines.join('\n')}\n`)
});
const LOG = logOf([
	...Array.from({ length: 30 }, (_, at) => hit(at, '/first')),
	...Array.from({ length: 10 }, (_, at) => hit(100 + at, '/about')),
	...Array.from({ length: 5 }, (_, at) => hit(200 + at, '/second', 'Googlebot/2.1')),
	'not a line of a log'
]);

test('every tab leads to its part, which says in its address what it is', async ({ page }) => {
	const problems = watch(page);
	await page.goto(url());
	const tabs = page.getByRole('navigation', { name: 'Settings' });
	for (const name of ['Catalogue', 'Imports', 'Exports', 'Site']) {
		await tabs.getByRole('link', { name }).click();
		await expect(tabs.locator('[aria-current=page]')).toHaveText(name);
		await expect(page).toHaveURL(name === 'Site' ? url() : url(name.toLowerCase()));
	}
	expect(problems).toEqual([]);
});

test('without scripts the home page tells the feed, which is saved and read', async ({
	browser
}) => {
	const page = await withoutScripts(browser);
	await page.goto(url('catalogue'));
	await expect(fact(page, 'Last sync')).toHaveText('Never');
	await page.getByLabel('Address of the blog').fill(home);
	await page.getByRole('button', { name: 'Find the feed' }).click();
	await expect(page.getByText(`Found ${home}feed.xml.`)).toBeVisible();
	await expect(page.getByLabel('Kind')).toHaveValue('feed');
	await page.getByLabel('Schedule').selectOption({ label: 'Every 6 hours' });
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await expect(fact(page, 'Next sync')).not.toHaveText('By hand');
	await page.getByRole('button', { name: 'Sync now' }).click();
	await expect(async () => {
		await page.goto(url('catalogue'));
		await expect(fact(page, 'Found')).toHaveText('2 posts read, 2 new, 0 changed', {
			timeout: 500
		});
	}).toPass();
	await expect(region(page, 'Posts that lack something').first()).toContainText(
		'<b>The second</b> & more'
	);
	expect(await bylineOk(server.dataDir, 'export', 'catalogue')).toContain('"The first"');
});

test('a sync that goes on says so, also after a reload, and ends by itself', async ({ page }) => {
	const problems = watch(page);
	const { promise, resolve } = Promise.withResolvers<void>();
	held = promise;
	await page.goto(url('catalogue'));
	await page.getByRole('button', { name: 'Sync now' }).click();
	await expect(page.getByRole('progressbar', { name: 'Catalogue sync' })).toBeVisible();
	await page.reload();
	await expect(page.getByRole('progressbar', { name: 'Catalogue sync' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Sync now' })).toHaveCount(0);
	resolve();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await expect(fact(page, 'Found')).toHaveText('2 posts read, 0 new, 0 changed');
	await expectAccessible(page);
	expect(problems).toEqual([]);
});

test('what did not work is told with its address, and a wrong field beside it', async ({
	page
}) => {
	await page.goto(url('catalogue'));
	await page.getByRole('textbox', { name: 'Address of the feed' }).fill(`${home}nothing`);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await page.getByRole('button', { name: 'Sync now' }).click();
	await expect(region(page, 'Catalogue sync')).toContainText(`${home}nothing`);
	await expect(region(page, 'Catalogue sync')).toContainText('404');
	await page.getByRole('textbox', { name: 'Address of the feed' }).fill('ftp://x');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toHaveText('"ftp://x" is no http or https address.');
	await expectAccessible(page);
});

test('the key of an API is never shown again', async ({ page }) => {
	await page.goto(url('catalogue'));
	await page.getByLabel('Kind').selectOption('ghost');
	await page.getByRole('textbox', { name: 'Address of the blog' }).last().fill(home);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toContainText('needs the key');
	await page.getByLabel('Key of Ghost’s Content API').fill('5ecret');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Saved.')).toBeVisible();
	await page.getByRole('button', { name: 'Sync now' }).click();
	await expect(region(page, 'Catalogue sync')).toContainText('404');
	expect(await getText(url('catalogue'))).not.toContain('5ecret');
});

test('a kind that is chosen before the scripts are there stays chosen', async ({ page }) => {
	const { promise, resolve } = Promise.withResolvers<void>();
	await page.route('**/*.js', async (route) => {
		await promise;
		await route.continue();
	});
	await page.goto(url('catalogue'), { waitUntil: 'commit' });
	const kind = page.getByLabel('Kind');
	await expect(kind).toHaveValue('ghost');
	await kind.selectOption('feed');
	resolve();
	await expect(page.getByRole('textbox', { name: 'Address of the feed' })).toBeVisible();
	await expect(kind).toHaveValue('feed');
	await expect(page.getByLabel('Key of Ghost’s Content API')).toBeHidden();
});

test('a catalogue file adds posts; a wrong one says which post is wrong', async ({ page }) => {
	await page.goto(url('catalogue'));
	const send = async (content: string): Promise<void> => {
		await page.getByLabel('Catalogue file').setInputFiles({
			name: 'posts.json',
			mimeType: 'application/json',
			buffer: Buffer.from(content)
		});
		await page.getByRole('button', { name: 'Add posts' }).click();
	};
	await send('[{"path": "/third"}]');
	await expect(page.getByRole('alert')).toContainText('Post 1 of the file is wrong at title');
	await send('[{"path": "/first", "title": "The first, again", "author": "Ann"}]');
	await expect(page.getByText('0 posts added, 1 updated, 0 unchanged.')).toBeVisible();
});

test('a post says where its fields come from and what other sources say', async ({ page }) => {
	const problems = watch(page);
	await page.goto(`${server.url}/${BLOG}/posts/1?period=all`);
	await page.getByText('Where this comes from').first().click();
	const row = table(page, 'Where this comes from').getByRole('row', { name: /^Title/ });
	await expect(row).toContainText('The first, again');
	await expect(row).toContainText('Catalogue file');
	await expect(row).toContainText('Feed: The first');
	expect(problems).toEqual([]);
});

test('without scripts a log is sent, looked at, imported, compared and taken back', async ({
	browser
}) => {
	const page = await withoutScripts(browser);
	await page.goto(url('imports'));
	await page.getByLabel(/^Files/).setInputFiles(LOG);
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await expect(async () => {
		await page.reload();
		await expect(page.getByRole('button', { name: 'Start import' })).toBeVisible({ timeout: 500 });
	}).toPass();
	await expect(page.locator('main')).toContainText('Access log of Apache');
	await expect(fact(page, 'Rows')).toHaveText('46 lines');
	await expect(fact(page, 'Page views')).toHaveText('40');
	await expect(fact(page, 'Pages')).toHaveText('1 post of the catalogue, 1 other');
	await expect(fact(page, 'Left out')).toHaveText('5 bots');
	await expect(fact(page, 'Not readable')).toHaveText('1 line');
	await page.locator('summary').last().click();
	await expect(page.getByText(/^access\.log, line 46: /)).toBeVisible();
	expect(await bylineOk(server.dataDir, 'import', 'list')).toBe('');

	await page.getByRole('button', { name: 'Start import' }).click();
	await expect(async () => {
		await page.reload();
		await expect(page.getByText('40 new rows.')).toBeVisible({ timeout: 500 });
	}).toPass();
	await page.getByRole('link', { name: 'Import 1' }).click();
	await expect(fact(page, 'State')).toHaveText('Done');
	await expect(fact(page, 'Rows kept')).toHaveText('40');
	await expect(page.getByText('There is no day that both have counted.')).toBeVisible();
	const report = await bylineOk(server.dataDir, 'export', 'posts', '--period', 'all');
	expect(report).toMatch(/\/first,[^\r]*,30,/);

	await page.getByRole('link', { name: 'Remove this import' }).click();
	await expect(page.getByText('40 rows')).toBeVisible();
	await page.getByRole('link', { name: 'Keep it' }).click();
	await page.getByRole('link', { name: 'Remove this import' }).click();
	await page.getByRole('button', { name: 'Remove import 1' }).click();
	await expect(async () => {
		await page.goto(url('imports', '1'));
		await expect(fact(page, 'State')).toHaveText('Removed', { timeout: 500 });
	}).toPass();
	expect(await bylineOk(server.dataDir, 'import', 'list')).toMatch(/\tremoved\t0\t/);
});

test('with scripts the same happens by itself, and parity names the causes', async ({ page }) => {
	const problems = watch(page);
	const { status } = await post(server.url, { n: 'pageview', u: `https://${BLOG}/first`, d: BLOG });
	expect(status).toBe(202);
	const today = new Date().toISOString().slice(0, 10);
	await page.goto(url('imports'));
	await page.getByLabel(/^Files/).setInputFiles({
		name: 'ga4.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(`Date,Page path,Views,Active users\n${today},/first,7,5\n`)
	});
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await expect(page.locator('main')).toContainText('Google Analytics 4');
	await expect(fact(page, 'Page views')).toHaveText('7');
	await expectAccessible(page);
	await page.getByRole('button', { name: 'Start import' }).click();
	await page.getByRole('link', { name: 'Import 2' }).click();
	const site = table(page, 'Parity of the site').getByRole('row', { name: /^Page views/ });
	await expect(site.getByRole('cell')).toHaveText(['7', '1', '−6']);
	await expect(site).toContainText('Bots are told by other lists');
	await expect(
		table(page, 'Parity of pages').getByRole('row', { name: '/first' }).getByRole('cell')
	).toHaveText(['7', '1', '−6']);
	await expectAccessible(page);
	await page.goto(url('imports'));
	await expect(table(page, 'Imports')).toContainText('ga4.csv');
	await expectAccessible(page);
	expect(problems).toEqual([]);
});

test('sums without days are said to be in no report, before they are imported and afterwards', async ({
	page
}) => {
	const said = 'These are sums of all time without days: they are kept, and no report counts them.';
	await page.goto(url('imports'));
	await page.getByLabel(/^Files/).setInputFiles({
		name: 'posts.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(`URL;Page views;Submissions\r\nhttps://${BLOG}/first;7;1\r\n`)
	});
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await expect(page.locator('main')).toContainText('HubSpot');
	await expect(page.getByText(said)).toBeVisible();
	await page.getByRole('button', { name: 'Start import' }).click();
	await page.getByRole('link', { name: /^Import \d+$/ }).click();
	await expect(page.getByText(said)).toBeVisible();
	await page.goto(url('imports'));
	await expect(table(page, 'Imports').getByRole('row', { name: /posts\.csv/ })).toContainText(
		'no days'
	);
});

test('a file of no known format is not imported, and can be looked at as one that is named', async ({
	page
}) => {
	await page.goto(url('imports', 'new'));
	await page.getByLabel(/^Files/).setInputFiles({
		name: 'notes.txt',
		mimeType: 'text/plain',
		buffer: Buffer.from('hello\nworld\n')
	});
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await expect(page.getByRole('alert')).toHaveText('No format is known that these files are of.');
	await expect(page.getByRole('button', { name: 'Start import' })).toHaveCount(0);
	await page.getByLabel('Another format').selectOption('umami');
	await page.getByRole('button', { name: 'Look again' }).click();
	await expect(page.getByRole('alert')).toHaveText(/^notes\.txt:1: this is no CSV export of Umami/);
	await page.getByRole('button', { name: 'Delete files' }).click();
	await expect(page).toHaveURL(url('imports'));
	await expect(page.getByText('notes.txt')).toHaveCount(0);
});

test('what is larger than the setting is refused, before it is sent and by the server', async ({
	page
}) => {
	const large = Buffer.alloc(5 * 1024 ** 2, `${hit(1, '/first')}\n`);
	await page.goto(url('imports'));
	await page
		.getByLabel(/^Files/)
		.setInputFiles({ name: 'large.log', mimeType: 'text/plain', buffer: large });
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await expect(page.getByRole('alert')).toContainText('At most 4');
	const form = new FormData();
	form.append('files', new Blob([large]), 'large.log');
	const answer = await fetch(url('imports', 'upload'), {
		method: 'POST',
		body: form,
		headers: {
			origin: server.url,
			accept: 'application/json',
			cookie: await sessionFor(server.url)
		}
	});
	expect(answer.status).toBe(400);
	expect(await answer.json()).toEqual({
		message: 'At most 4 MB are taken at once; UPLOAD_MB sets that.'
	});
	const list = await getText(url('imports'));
	expect(list).not.toContain('large.log');
});

test('another site cannot send files or start anything', async () => {
	for (const path of ['imports/upload', 'catalogue?/sync', 'imports/2/remove']) {
		const form = new FormData();
		form.append('files', new Blob(['x']), 'x.log');
		const answer = await fetch(url(path), {
			method: 'POST',
			body: form,
			headers: { origin: 'https://evil.example', cookie: await sessionFor(server.url) }
		});
		expect([path, answer.status]).toEqual([path, 403]);
	}
});

test('an import that a stop cut off is resumed and counts once', async ({ page }) => {
	// Mostly lines that are no page views, and packed: long enough to be stopped under way by any machine.
	const agent = 'Mozilla/5.0 (X11) Firefox/151.0';
	const asset = `${hit(0, '/style.css', agent)}\n`.repeat(40);
	const lines = Array.from(
		{ length: 30_000 },
		(_, at) => `${asset}${hit(at, `/first?n=${at}`, agent)}`
	);
	await page.goto(url('imports'));
	await page.getByLabel(/^Files/).setInputFiles({
		name: 'long.log.gz',
		mimeType: 'application/gzip',
		buffer: gzipSync(`${lines.join('\n')}\n`)
	});
	await page.getByRole('button', { name: 'Look at the files' }).click();
	await expect(page.getByRole('button', { name: 'Start import' })).toBeVisible({ timeout: 60_000 });
	await page.getByRole('button', { name: 'Start import' }).click();
	await expect(page.getByRole('heading', { name: 'Importing' })).toBeVisible();
	const here = page.url();
	await server.kill9();
	await server.restart();
	await page.goto(here);
	await page.getByRole('button', { name: 'Resume import' }).click();
	await expect(page.getByText(/new rows\./)).toBeVisible({ timeout: 60_000 });
	const { stdout } = await byline(server.dataDir, 'import', 'list');
	expect(stdout).toMatch(/\tdone\t30000\t/);
});

test('every export is there and whole', async ({ page }) => {
	await page.goto(url('exports'));
	const links = await page
		.locator('main a[download]')
		.evaluateAll((all) => all.map((link) => (link instanceof HTMLAnchorElement ? link.href : '')));
	expect(links.length).toBeGreaterThan(20);
	for (const href of links) {
		const answer = await fetch(href, { headers: { cookie: await sessionFor(href) } });
		expect([href, answer.status]).toEqual([href, 200]);
		expect(answer.headers.get('content-disposition')).toContain('attachment');
		const bytes = Buffer.from(await answer.arrayBuffer());
		if (href.endsWith('.parquet')) expect(bytes.subarray(-4).toString()).toBe('PAR1');
		if (href.endsWith('.zip')) expect(bytes.subarray(-22, -18).toString('hex')).toBe('504b0506');
		if (href.endsWith('events.csv'))
			expect(bytes.toString().split('\n').length).toBeGreaterThan(30_000);
	}
	await expectAccessible(page);
});
