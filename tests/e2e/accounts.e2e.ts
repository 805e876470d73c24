import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { BLOG } from '../http/start-blog.ts';
import { OWNER, printedToken } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { codeOf } from '../support/totp.ts';
import { violations } from './support/axe.ts';
import { readQrCode } from './support/read-qr-code.ts';
import { hydrated, test } from './support/test.ts';
import { watch } from './support/watch.ts';

// The screens that the demo does not have: they are for people with accounts.

test.describe.configure({ mode: 'serial' });

let server: TestServer;
/** Passkeys belong to a host name; an address is none. */
let home = '';

test.beforeAll(async () => {
	server = await startServer({ env: { LOG_LEVEL: 'warn' } });
	home = `http://localhost:${server.port}`;
});

test.afterAll(async () => {
	await server.stop();
});

/** Without a violation in both colour schemes, and no wider than the window at 390 px. */
const expectClean = async (page: Page, at: string): Promise<void> => {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await violations(page), `${at}, ${colorScheme}`).toEqual([]);
	}
	const size = page.viewportSize();
	await page.setViewportSize({ width: 390, height: 844 });
	const beyond = await page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth - clientWidth;
	});
	expect(beyond, at).toBeLessThanOrEqual(0);
	if (size !== null) await page.setViewportSize(size);
};

const signIn = async (page: Page, email: string, password: string): Promise<void> => {
	await page.goto(`${home}/sign-in`);
	await page.getByLabel('E-mail address').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};

test('the first start leads from the token to the script tag', async ({ page }) => {
	const problems = watch(page);
	const token = await printedToken(server.stderr);
	await page.goto(`${home}/setup?token=${token}`);
	await expectClean(page, 'set-up');
	await page.getByLabel('Your name').fill(OWNER.name);
	await page.getByLabel('E-mail address').fill(OWNER.email);
	await page.getByLabel(/^Password/).fill(OWNER.password);
	await page.getByRole('button', { name: 'Create account' }).click();
	await page.waitForURL('**/sites/new');
	await hydrated(page);
	await expectClean(page, 'the first site');
	await page.getByLabel('Domain').fill(BLOG);
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/${BLOG}/settings`);
	await expect(page.getByRole('region', { name: 'Script tag' })).toContainText(BLOG);
	expect(problems).toEqual([]);
});

test('account, people, keys, links and log: accessible, and no wider than the window', async ({
	page
}) => {
	await signIn(page, OWNER.email, OWNER.password);
	await page.waitForURL(`**/${BLOG}`);
	const problems = watch(page);
	for (const path of ['/account', ...['people', 'keys', 'links', 'log', 'remove'].map(settings)]) {
		await page.goto(home + path);
		await expectClean(page, path);
	}
	expect(problems).toEqual([]);
});

const settings = (tab: string): string => `/${BLOG}/settings/${tab}`;

test('a passkey is added, signs in and is removed', async ({ page, context }) => {
	const devtools = await context.newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	await signIn(page, OWNER.email, OWNER.password);
	await page.waitForURL(`**/${BLOG}`);
	await page.goto(`${home}/account`);
	await page.getByLabel('Name of the passkey').fill('My phone');
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	const passkeys = page.getByRole('list', { name: 'Your passkeys' });
	await expect(passkeys).toContainText('My phone');
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.waitForURL('**/sign-in**');
	await hydrated(page);
	await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
	await page.waitForURL(`**/${BLOG}`);
	await page.goto(`${home}/account`);
	await page.getByRole('button', { name: 'Remove the passkey My phone' }).click();
	await expect(passkeys).toHaveCount(0);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('somebody is invited as an author, joins, and sees the own posts only', async ({
		page,
		browser
	}) => {
		const catalogue = join(server.dataDir, 'posts.json');
		const posts = ['Ann', 'Bob'].map((author) => ({
			path: `/${author}`,
			title: `Of ${author}`,
			authors: [author],
			published_at: new Date(Date.now() - 86_400_000).toISOString()
		}));
		writeFileSync(catalogue, JSON.stringify(posts));
		await bylineOk(server.dataDir, 'posts', 'sync', '--site', BLOG, '--file', catalogue);
		await signIn(page, OWNER.email, OWNER.password);
		await page.goto(home + settings('people'));
		await page.getByLabel('E-mail address').fill('ann@example.com');
		await page.getByLabel('Role', { exact: true }).selectOption('author');
		await page.getByLabel('Author names, with ; between them').fill('Ann');
		await page.getByRole('button', { name: 'Make invitation' }).click();
		const link = await page.getByLabel('Link of the invitation').inputValue();
		expect(link).toContain('/invite/');

		const context = await browser.newContext({ javaScriptEnabled: false });
		const guest = await context.newPage();
		await guest.goto(home + new URL(link).pathname);
		await guest.getByLabel('Your name').fill('Ann');
		await guest.getByLabel(/^Password/).fill('quite a long password');
		await guest.getByRole('button', { name: 'Create account' }).click();
		await guest.goto(`${home}/${BLOG}/posts`);
		await expect(guest.getByRole('table')).toContainText('Of Ann');
		await expect(guest.locator('body')).not.toContainText('Of Bob');
		expect((await guest.goto(home + settings('people')))?.status()).toBe(403);
		await context.close();
	});

	test('a camera reads the key of two-factor from its picture, and the code made from it signs in', async ({
		page,
		browser
	}) => {
		const password = 'quite a long password';
		await signIn(page, 'ann@example.com', password);
		await page.goto(`${home}/account`);
		const section = page.getByRole('region', { name: 'Two-factor' });
		await section.getByLabel('Your password').fill(password);
		await section.getByRole('button', { name: 'Begin' }).click();
		const picture = section.getByRole('img', { name: 'QR code of the key' });
		const leads = section.getByRole('link', { name: 'open it on this device' });
		const uri = (await leads.getAttribute('href')) ?? '';
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			expect(await readQrCode(browser, await picture.screenshot())).toBe(uri);
		}
		const secret = new URL(uri).searchParams.get('secret') ?? '';
		await expect(section).toContainText(secret.replace(/(.{4})(?=.)/g, '$1 '));
		await section.getByLabel('The code that it shows').fill('000000');
		await section.getByRole('button', { name: 'Switch on' }).click();
		await expect(section.getByText('This code is not right')).toBeVisible();
		expect(await readQrCode(browser, await picture.screenshot())).toBe(uri);
		await section.getByLabel('The code that it shows').fill(codeOf(secret));
		await section.getByRole('button', { name: 'Switch on' }).click();
		await expect(section).toContainText('Two-factor is on.');
		await page.getByRole('button', { name: 'Sign out', exact: true }).click();
		await signIn(page, 'ann@example.com', password);
		await page.getByLabel('Code').fill(codeOf(secret));
		await page.getByRole('button', { name: 'Sign in', exact: true }).click();
		await page.waitForURL(`**/${BLOG}`);
	});
});
