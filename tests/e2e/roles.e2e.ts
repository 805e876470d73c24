import { expect, type BrowserContext, type Page } from '@playwright/test';
import { SHARE_SCREENS } from '../../src/lib/share-screens.ts';
import {
	emailOf,
	makeCanaryInstallation,
	PASSWORD,
	SHARED,
	type CanaryPosts,
	type Role
} from '../support/canary-installation.ts';
import { cookieOf, sendForm, sessionFor } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';
import { violations } from './support/axe.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

// What a screen offers is what whoever looks at it may open.

const DAYS = 'from=2026-03-01&to=2026-03-20';
const folder = temporaryFolder('roles');
let server: TestServer;
let posts: CanaryPosts;

test.beforeAll(async () => {
	test.setTimeout(120_000);
	posts = await makeCanaryInstallation(folder.path);
	server = await startServer({ dataDir: folder.path, env: { LOG_LEVEL: 'warn' } });
});
test.afterAll(async () => {
	await server.stop();
	folder.remove();
});

/** Signs somebody in and answers the cookie of their session. */
const signIn = async (context: BrowserContext, role: Role): Promise<string> => {
	const form = { email: emailOf(role), password: PASSWORD };
	const cookie = cookieOf(await sendForm(`${server.url}/sign-in?/password`, form));
	const [name = '', value = ''] = cookie.split('; ')[0]?.split(/=(.*)/s) ?? [];
	await context.addCookies([{ name, value, url: server.url }]);
	return cookie;
};

/** Makes a link to one screen and answers its path. */
const link = async (screen: string, post = ''): Promise<string> => {
	const answer = await sendForm(
		`${server.url}/${SHARED}/settings/links?/add`,
		{ name: `Link to ${screen}`, screen, post, filters: '', expires: '0' },
		await sessionFor(server.url)
	);
	const path = /\/share\/[\w-]{32}/.exec(await answer.text())?.[0];
	if (path === undefined) throw new Error(`No link to ${screen} was made: ${answer.status}.`);
	return path;
};

/** Where the links of a screen lead on this server, one of each path; the blog's own pages are elsewhere. */
const pathsOn = (page: Page): Promise<readonly string[]> =>
	page.evaluate(() => {
		const hrefs = [...document.querySelectorAll<HTMLAnchorElement>('a[href]:not([rel~=external])')];
		const urls = hrefs
			.map(({ href }) => new URL(href))
			.filter(({ origin, href }) => origin === location.origin && !href.includes('#'));
		return [...new Map(urls.map((url) => [url.pathname, url.pathname + url.search])).values()];
	});

/** Links of a screen that answer that there is nothing, or ask for a sign-in. */
const deadOn = async (page: Page, cookie: string): Promise<readonly string[]> => {
	const answers = (await pathsOn(page)).map(async (path) => {
		const answer = await fetch(server.url + path, { redirect: 'manual', headers: { cookie } });
		await answer.body?.cancel();
		const leads = answer.headers.get('location') ?? '';
		return answer.status >= 400 || leads.includes('sign-in') ? [`${answer.status} ${path}`] : [];
	});
	return (await Promise.all(answers)).flat();
};

for (const [screen, { label }] of Object.entries(SHARE_SCREENS))
	test(`the guest of ${label} alone is offered nothing else`, async ({ page }) => {
		const problems = watch(page);
		const path = await link(screen);
		await page.goto(`${server.url}${path}${screen === '' ? '' : `/${screen}`}?${DAYS}`);
		expect(await deadOn(page, '')).toEqual([]);
		expect(await violations(page)).toEqual([]);
		expect(problems).toEqual([]);
	});

test('the guest of one post is offered nothing else', async ({ page }) => {
	const path = await link('post', '/own-22');
	await page.goto(`${server.url}${path}`);
	await page.goto(`${page.url()}?${DAYS}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Own 22');
	// Named, and no link to other posts of theirs.
	await expect(page.getByRole('main')).toContainText('Ines Own');
	await expect(page.getByRole('link', { name: 'Ines Own' })).toHaveCount(0);
	expect(await deadOn(page, '')).toEqual([]);
});

test('the guest of a whole site opens posts from their list', async ({ page }) => {
	const path = await link('site');
	await page.goto(`${server.url}${path}/posts?${DAYS}`);
	await page.getByRole('link', { name: 'Own 21', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Own 21');
	expect(await deadOn(page, '')).toEqual([]);
});

test('an author is told that these are the own articles, and offered nothing that is not for authors', async ({
	page,
	context
}) => {
	const cookie = await signIn(context, 'author');
	const problems = watch(page);
	const screens = [
		'',
		'posts',
		`posts/${posts.own}`,
		'recent',
		'topics',
		'authors',
		'ctas',
		'sources',
		'audience'
	];
	for (const screen of screens) {
		await page.goto(`${server.url}/${SHARED}/${screen}?${DAYS}`);
		await expect(page.getByRole('banner')).toContainText('Your articles');
		expect([screen, await deadOn(page, cookie)]).toEqual([screen, []]);
	}
	await page.goto(`${server.url}/${SHARED}?${DAYS}`);
	await expect(page.getByRole('main')).toContainText('on your articles now');
	await page.goto(`${server.url}/${SHARED}/posts?${DAYS}`);
	const tabs = page.getByRole('navigation', { name: 'Posts by' });
	await expect(tabs.getByRole('link')).toHaveText(['Posts', 'Attribution']);
	await page.keyboard.press('ControlOrMeta+k');
	const found = page.getByRole('option');
	await expect(found.filter({ hasText: 'Audience' })).toBeVisible();
	await expect(found.filter({ hasText: 'Settings' })).toHaveCount(0);
	expect(problems).toEqual([]);
});

test('a viewer sees all of the blog, and pages that are no post', async ({ page, context }) => {
	const cookie = await signIn(context, 'viewer');
	await page.goto(`${server.url}/${SHARED}/posts?${DAYS}`);
	await expect(page.getByRole('banner')).not.toContainText('Your articles');
	const tabs = page.getByRole('navigation', { name: 'Posts by' });
	await expect(tabs.getByRole('link')).toHaveText(['Posts', 'Pages', 'Attribution']);
	expect(await deadOn(page, cookie)).toEqual([]);
});

test('a link that does not hold says so on a page that looks like the others', async ({ page }) => {
	const problems = watch(page);
	const response = await page.goto(`${server.url}/share/${'x'.repeat(32)}`);
	expect(response?.status()).toBe(404);
	const heading = page.getByRole('heading', { name: 'This link does not hold, or no longer.' });
	await expect(heading).toHaveCSS('font-weight', '500');
	for (const [colorScheme, colour] of [
		['light', 'rgb(246, 246, 243)'],
		['dark', 'rgb(18, 20, 23)']
	] as const) {
		await page.emulateMedia({ colorScheme });
		await expect(page.locator('body')).toHaveCSS('background-color', colour);
	}
	expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
});
